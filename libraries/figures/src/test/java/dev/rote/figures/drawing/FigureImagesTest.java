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

  @Test
  void shouldGiveNumbersARampAndNamesDistinctColours() {
    Palette ramp = Palette.of(Figure.newBuilder().addPanels(levels("", "accuracy", "a")).build());
    assertThat(ramp.labels()).containsExactly(LEVELS);
    assertThat(LEVELS).extracting(level -> lightness(ramp.colour(level))).isSorted();
    Panel.Builder named = Panel.newBuilder();
    for (String name : new String[] {"labels 80 %", "labels 20 %", "labels 40 %"}) {
      named.addSeriesBuilder().setLabel(name);
    }
    Palette shares = Palette.of(Figure.newBuilder().addPanels(named).build());
    assertThat(List.of("labels 20 %", "labels 40 %", "labels 80 %"))
        .extracting(level -> lightness(shares.colour(level)))
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(shares.colour("labels 20 %")).isEqualTo(ramp.colour("0.2"));
    Panel.Builder names = Panel.newBuilder();
    for (String name : new String[] {"real", "randX", "randY", ""}) {
      names.addSeriesBuilder().setLabel(name);
    }
    Palette palette = Palette.of(Figure.newBuilder().addPanels(names).build());
    assertThat(palette.labels()).containsExactly("real", "randX", "randY");
    assertThat(palette.labels()).extracting(palette::colour).doesNotHaveDuplicates();
    assertThat(palette.colour("")).isEqualTo("#000000");
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
            .map(name -> LegendEntry.of(name, Stroke.solid("#000000", 1)))
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
