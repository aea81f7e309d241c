package dev.rote.figures.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.v1.Figure;
import dev.rote.v1.HeatMap;
import dev.rote.v1.ImageGrid;
import dev.rote.v1.Panel;
import dev.rote.v1.PictureOf;
import dev.rote.v1.Series;
import org.junit.jupiter.api.Test;

class FigureSectionTest {
  private static final Series EXACT =
      Series.newBuilder().addX(1).addY(2).addLow(2).addHigh(2).build();
  private static final Series BAND = EXACT.toBuilder().setLow(0, 1).setHigh(0, 3).build();

  private static final String INTERVALS =
      "Means over repetitions; bands and bars are their 95 % intervals: score intervals (Wilson's,"
          + " with the spread of the repetitions) for shares and other quantities that cannot be"
          + " negative, Student's t for the rest. ";

  private static String caption(Panel panel) {
    HtmlPage page = new HtmlPage("x", "");
    Figure figure = Figure.newBuilder().setName("fig").addPanels(panel).build();
    new FigureSection(figure, "fig", "<svg/>", "", 2).writeTo(page);
    String html = page.end();
    String start = "<figcaption>";
    return html.substring(html.indexOf(start) + start.length(), html.indexOf("Numbers: "));
  }

  private static String caption(Series series) {
    return caption(Panel.newBuilder().addSeries(series).build());
  }

  @Test
  void caption_intervals_areExplainedWhereThereAreSome() {
    assertThat(caption(EXACT)).isEmpty();
    assertThat(caption(BAND)).isEqualTo(INTERVALS);
    assertThat(caption(EXACT.toBuilder().addXLow(0).addXHigh(2).build())).isEqualTo(INTERVALS);
  }

  @Test
  void caption_censored_explainsTheArrow() {
    assertThat(caption(BAND.toBuilder().addCensored(0).build())).doesNotContain("arrow");
    assertThat(caption(BAND.toBuilder().addCensored(2).build())).contains("An arrow marks");
  }

  @Test
  void caption_picturesWithoutLines_saysWhatTheyAre() {
    assertThat(caption(Panel.newBuilder().setHeatMap(HeatMap.getDefaultInstance()).build()))
        .isEqualTo("Colours are means over repetitions, on a logarithmic scale. ");
    assertThat(caption(Panel.newBuilder().setImages(ImageGrid.getDefaultInstance()).build()))
        .startsWith("Images are from the first repetition");
  }

  @Test
  void caption_examples_explainsPredictionsWhereThereAreSome() {
    assertThat(caption(pictures(PictureOf.getDefaultInstance())))
        .startsWith("Under each picture")
        .doesNotContain("predicts");
    assertThat(caption(pictures(PictureOf.newBuilder().setPrediction(0).build())))
        .contains("what the network of the first repetition predicts");
  }

  private static Panel pictures(PictureOf picture) {
    return Panel.newBuilder().setImages(ImageGrid.newBuilder().addPictures(picture)).build();
  }
}
