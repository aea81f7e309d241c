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

/** Figures of every layout; they are left in {@code target/sample-figures} to be looked at. */
class FigureImagesTest {
  private static final Path SAMPLES = Path.of("target", "sample-figures");
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
