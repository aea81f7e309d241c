package dev.rote.figures.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.figures.study.SyntheticStudy;
import dev.rote.v1.MeasuredScore;
import dev.rote.v1.Measurement;
import dev.rote.v1.Panel;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.PictureOf;
import dev.rote.v1.Provenance;
import dev.rote.v1.SweepSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pictures by the errors and losses of single examples. */
class ErrorPicturesTest {

  /** What errors are measured with says nothing of the dataset's label: the picture does. */
  @Test
  void examples_byErrors_haveTheLabelsOfTheirPictures() {
    PanelSpec.Builder panel = PanelSpec.newBuilder().addLabels("a");
    panel
        .getExamplesBuilder()
        .setScore(MeasuredScore.newBuilder().setMeasurement("m").setScore("loss"))
        .setCount(2);
    SweepSpec.Builder spec = SweepSpec.newBuilder();
    spec.addAxesBuilder().setName("data");
    spec.addFiguresBuilder().setName("f").addPanels(panel);
    SyntheticStudy study = SyntheticStudy.of(spec.build());
    Measurement.Builder errors =
        SyntheticStudy.errors(1, new boolean[] {false, true, false}, new int[] {7, 9, 8})
            .toBuilder();
    errors
        .getCheckpointsBuilder(0)
        .getExampleErrorsBuilder()
        .addAllSourceIndices(List.of(7, 4, 8))
        .addAllLosses(List.of(0.25f, 2f, 0.5f));
    study.add(
        Map.of("data", "a"),
        0,
        SyntheticStudy.trial("t", new double[] {0, 1}, new double[] {0, 1}),
        Map.of("m", errors.build()));
    Panel built =
        ReportBuilder.build("f-0", study, Provenance.getDefaultInstance())
            .getFigures(0)
            .getPanels(0);
    assertThat(built.getImages().getPicturesList())
        .containsExactly(
            PictureOf.newBuilder()
                .setSourceIndex(4)
                .setLabel(9)
                .setSourceLabel(4)
                .setScore(2)
                .build(),
            PictureOf.newBuilder()
                .setSourceIndex(8)
                .setLabel(8)
                .setSourceLabel(8)
                .setScore(0.5)
                .build());
  }
}
