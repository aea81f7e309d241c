package dev.rote.figures.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.v1.Figure;
import dev.rote.v1.Panel;
import dev.rote.v1.Series;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures of every layout; they are left in {@code target/sample-figures} to be looked at. */
class FigureImagesTest {
  private static final Path SAMPLES = Path.of("target", "sample-figures");
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "figures");
  private static final String[] LEVELS = {"0.2", "0.4", "0.6", "0.8"};
  private final FigureImages images = new FigureImages();

  private String draw(Figure figure) throws Exception {
    String svg = images.svg(figure);
    Files.createDirectories(SAMPLES);
    Files.writeString(SAMPLES.resolve(figure.getName() + ".svg"), svg);
    Files.write(SAMPLES.resolve(figure.getName() + ".png"), images.png(figure));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    return svg;
  }

  private static Panel.Builder levels(String title, String quantity, String... metrics) {
    Panel.Builder panel = Panel.newBuilder().setTitle(title).setXLabel("epoch").setYLabel(quantity);
    for (int style = 0; style < metrics.length; style++) {
      panel.addMetrics(metrics[style]);
      for (int level = 0; level < LEVELS.length; level++) {
        Series.Builder series =
            panel
                .addSeriesBuilder()
                .setName(LEVELS[level] + ", " + metrics[style])
                .setLabel(LEVELS[level])
                .setStyle(style);
        for (int epoch = 0; epoch <= 40; epoch++) {
          double y = 0.9 - 0.2 * style - 0.8 * StrictMath.exp(-epoch / (3.0 + 4 * level));
          series
              .addX(epoch)
              .addY(y)
              .addLow(y - 0.02 * (level + 1))
              .addHigh(y + 0.02 * (level + 1))
              .addRepetitions(5);
        }
      }
    }
    return panel;
  }

  @Test
  void shouldSetFourPanelsInTwoRows() throws Exception {
    Figure figure =
        Figure.newBuilder()
            .setName("four-panels")
            .setTitle(
                "Partial noise on MNIST & what networks make of it <a long title> "
                    + "x".repeat(60))
            .addPanels(levels("(a) inputs", "accuracy", "training accuracy", "validation accuracy"))
            .addPanels(levels("(a) inputs", "critical sample ratio", "critical sample ratio"))
            .addPanels(levels("(b) labels", "accuracy", "training accuracy", "validation accuracy"))
            .addPanels(levels("(b) labels", "critical sample ratio", "critical sample ratio"))
            .build();
    String svg = draw(figure);
    assertThat(svg).contains("&lt;a long title&gt;").contains("MNIST &amp; what");
    assertThat(svg).contains("id=\"four-panels-clip3\"");
  }

  @Test
  void shouldDrawSixPanelsWithLogarithmicEpochs() throws Exception {
    Figure.Builder figure = Figure.newBuilder().setName("six-panels").setTitle("Six panels");
    for (int i = 0; i < 6; i++) {
      figure.addPanels(
          levels(
                  "panel " + i,
                  "loss (nats)",
                  "training loss (nats)",
                  "validation loss (nats)",
                  "third")
              .setLogX(i % 2 == 0));
    }
    assertThat(draw(figure.build())).doesNotContain("NaN").doesNotContain("Infinity");
  }

  @Test
  void shouldDrawEmptyAndSinglePointPanels() throws Exception {
    Panel.Builder point = Panel.newBuilder().setTitle("one point").setYLabel("dispersion");
    point
        .addMetrics("dispersion")
        .addSeriesBuilder()
        .setName("real")
        .setLabel("real")
        .addX(1)
        .addY(25)
        .addLow(20)
        .addHigh(31)
        .addRepetitions(30);
    Figure figure =
        Figure.newBuilder()
            .setName("sparse")
            .setTitle("Sparse")
            .addPanels(Panel.newBuilder().setTitle("nothing").setYLabel("accuracy"))
            .addPanels(point)
            .addPanels(point.clone().setTitle("the same").setLogX(true))
            .build();
    String svg = draw(figure);
    assertThat(svg).contains("no data").doesNotContain("NaN");
  }

  @Test
  void shouldDrawAFigureWithoutPanels() throws Exception {
    assertThat(draw(Figure.newBuilder().setName("empty").setTitle("Empty").build()))
        .contains("Empty");
  }

  private static List<String> colours(Panel.Builder panel) {
    Palette palette = Palette.of(Figure.newBuilder().addPanels(panel).build());
    return panel.getSeriesList().stream().map(palette::colour).distinct().toList();
  }

  private static Panel.Builder lines(String... labels) {
    Panel.Builder panel = Panel.newBuilder();
    for (String label : labels) {
      panel.addSeriesBuilder().setLabel(label);
    }
    return panel;
  }

  @Test
  void shouldGiveNumbersARampAndNamesDistinctColours() {
    List<String> ramp = colours(levels("", "accuracy", "a"));
    assertThat(ramp).hasSize(4).extracting(FigureImagesTest::lightness).isSorted();
    List<String> shares = colours(lines("labels 20 %", "labels 40 %", "labels 80 %"));
    assertThat(shares).hasSize(3).extracting(FigureImagesTest::lightness).isSorted();
    assertThat(colours(lines("labels 80 %", "labels 20 %", "labels 40 %")))
        .containsExactly(shares.get(2), shares.get(0), shares.get(1));
    assertThat(shares.get(0)).isEqualTo(ramp.get(0));
    assertThat(colours(lines("real", "randX", "randY", ""))).hasSize(4).last().isEqualTo("#000000");
  }

  @Test
  void shouldColourALabelByItsPlaceInTheSweep() {
    Series.Builder one = Series.newBuilder().setLabel("0.8");
    one.getPlaceBuilder().setAxis("level").setPosition(3).setCount(4).setOrdered(true);
    Figure few = Figure.newBuilder().addPanels(Panel.newBuilder().addSeries(one)).build();
    Panel.Builder many = levels("", "accuracy", "a");
    for (int level = 0; level < LEVELS.length; level++) {
      many.getSeriesBuilder(level).setPlace(one.getPlace().toBuilder().setPosition(level));
    }
    Palette ofMany = Palette.of(Figure.newBuilder().addPanels(many).build());
    assertThat(Palette.of(few).colour(one.build())).isEqualTo(ofMany.colour(many.getSeries(3)));
    assertThat(Palette.of(few).marker(one.build())).isEqualTo(ofMany.marker(many.getSeries(3)));
  }

  @Test
  void shouldNameTheAxisInTheLegendAndLeaveOutWhatIsNotDrawn() throws Exception {
    Panel.Builder panel = levels("levels", "loss", "training loss", "validation loss");
    panel.setLogY(true);
    for (int i = 0; i < 8; i++) {
      Series.Builder series = panel.getSeriesBuilder(i);
      series.getPlaceBuilder().setAxis("noise").setPosition(i % 4).setCount(4).setOrdered(true);
      if (i % 4 == 3) {
        /* Nothing of it has a place on a logarithmic axis. */
        for (int point = 0; point < series.getYCount(); point++) {
          series.setY(point, -1);
        }
      }
      if (i >= 4) {
        series.clearX().clearY().clearLow().clearHigh();
      }
    }
    String svg =
        draw(Figure.newBuilder().setName("legend").setTitle("Legend").addPanels(panel).build());
    assertThat(svg).contains(">noise:<", ">0.6<", ">training loss<");
    assertThat(svg).doesNotContain(">0.8<", ">validation loss<");
  }

  @Test
  void shouldMarkDivergence() throws Exception {
    Panel.Builder panel =
        Panel.newBuilder()
            .setTitle("loss against the rate")
            .setXLabel("rate")
            .setYLabel("final training loss (nats)")
            .setLogX(true)
            .setLogY(true)
            .addMetrics("final training loss");
    for (String label : new String[] {"narrow", "wide"}) {
      Series.Builder series = panel.addSeriesBuilder().setLabel(label);
      for (int i = 0; i < 4; i++) {
        double y = i == 3 ? Double.NaN : (label.equals("wide") ? 0.2 : 0.5) * (i + 1);
        series.addX(StrictMath.pow(10, i - 2)).addY(y).addLow(y * 0.8).addHigh(y * 1.3);
        series.addRepetitions(i == 3 ? 0 : 3 - i / 2).addDiverged(i == 3 ? 3 : i / 2);
      }
    }
    Figure figure =
        Figure.newBuilder().setName("diverged").setTitle("Divergence").addPanels(panel).build();
    String svg = draw(figure);
    assertThat(svg).contains(">diverged<").doesNotContain("NaN");
    String cross = "stroke=\"#0072b2\" stroke-width=\"1.3\"";
    /* The line and its sample in the legend, and two strokes of a cross at two points. */
    assertThat(svg.split(cross, -1)).hasSize(1 + 2 + 4);
  }

  @Test
  void shouldKeepALongTitleReadable() throws Exception {
    String title = "What networks memorize when labels are random and inputs are not ".repeat(11);
    Figure figure =
        Figure.newBuilder()
            .setName("long-title")
            .setTitle(title)
            .addPanels(levels("levels", "accuracy", "training accuracy"))
            .build();
    String svg = draw(figure);
    assertThat(svg).contains("font-size=\"10.5\"").contains("…</text>");
    assertThat(svg.split("font-size=\"10.5\"", -1)).hasSize(1 + 3);
    Typeface typeface = Typeface.load();
    assertThat(WrappedText.of("x".repeat(200), 10, 300, 3, typeface))
        .hasSize(3)
        .allMatch(line -> typeface.width(line, 10) <= 300);
    assertThat(WrappedText.of("one two", 10, 300, 3, typeface)).containsExactly("one two");
  }

  @ParameterizedTest
  @MethodSource("dev.rote.figures.drawing.SampleFigures#all")
  void shouldDrawEveryKindOfPanel(Figure figure) throws Exception {
    assertThat(draw(figure)).doesNotContain("NaN").doesNotContain("Infinity");
  }

  /** Golden files are the samples, looked at and then kept. */
  @ParameterizedTest
  @ValueSource(strings = {"convergence", "tradeoff"})
  void shouldEqualTheGoldenFile(String name) throws Exception {
    Figure figure =
        SampleFigures.all().stream()
            .filter(f -> f.getName().equals(name))
            .findFirst()
            .orElseThrow();
    assertThat(draw(figure)).isEqualTo(Files.readString(GOLDEN.resolve(name + ".svg")));
  }

  @Test
  void shouldMarkCensoredPointsAndSayWhatTheMarkMeans() throws Exception {
    Figure figure = SampleFigures.convergence();
    String svg = draw(figure);
    assertThat(svg).contains(">not reached by all<").contains(">100<").contains(">2048<");
    Figure.Builder known = figure.toBuilder();
    known
        .getPanelsBuilderList()
        .forEach(panel -> panel.getSeriesBuilderList().forEach(Series.Builder::clearCensored));
    assertThat(images.svg(known.build())).doesNotContain("not reached by all");
  }

  @Test
  void shouldDrawIntervalsInBothDirections() throws Exception {
    Figure.Builder figure = Figure.newBuilder().setName("cross").setTitle("Cross");
    figure
        .addPanelsBuilder()
        .addSeriesBuilder()
        .setLabel("a")
        .addX(0.5)
        .addXLow(0.4)
        .addXHigh(0.6)
        .addY(0.3)
        .addLow(0.2)
        .addHigh(0.4)
        .addRepetitions(3);
    String svg = draw(figure.build());
    String bar = "<polyline fill=\"none\" stroke=\"#0072b2\" stroke-width=\"0.8\"";
    assertThat(svg.split(bar, -1)).hasSize(3);
  }

  @Test
  void shouldKeepTextInsideAndLegendsInColumns() {
    Typeface typeface = Typeface.load();
    FittedText whole = FittedText.of("short", 8, 100, typeface);
    assertThat(whole).isEqualTo(new FittedText("short", 8));
    FittedText smaller = FittedText.of("x".repeat(20), 8, 65, typeface);
    assertThat(smaller.text()).hasSize(20);
    assertThat(typeface.width(smaller.text(), smaller.size())).isLessThanOrEqualTo(65.001);
    FittedText cut = FittedText.of("x".repeat(90), 8, 100, typeface);
    assertThat(cut.text()).endsWith("…");
    assertThat(typeface.width(cut.text(), cut.size())).isLessThanOrEqualTo(100.001);
    List<LegendEntry> entries =
        List.of("a", "b", "c", "d", "a much longer name").stream()
            .map(name -> LegendEntry.line(name, Stroke.solid("#000000", 1)))
            .toList();
    double narrow = entries.get(4).width(typeface) + entries.get(0).width(typeface) + 14.5;
    List<List<LegendEntry>> rows = LegendEntry.rows(entries, narrow, typeface);
    assertThat(rows).extracting(List::size).containsExactly(2, 2, 1);
    assertThat(LegendEntry.rows(List.of(), narrow, typeface)).isEmpty();
  }

  private static double lightness(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    return 0.2126 * (rgb >> 16) + 0.7152 * (rgb >> 8 & 255) + 0.0722 * (rgb & 255);
  }

  @Test
  void shouldMeasureTextLikeTheFont() {
    /* Liberation Sans, as Arial: digits are 1139 of 2048 units wide, `i` 455. */
    Typeface typeface = Typeface.load();
    assertThat(typeface.width("00", 2048)).isEqualTo(2278);
    assertThat(typeface.width("i", 2048)).isEqualTo(455);
    assertThat(typeface.outline("I", 2048).getBounds2D().getMaxY()).isEqualTo(0);
  }
}
