package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.rote.v1.Axis;
import dev.rote.v1.AxisPoint;
import dev.rote.v1.CorruptionSpec;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.IdxFiles;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Sweep;
import dev.rote.v1.TransitionRow;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.VariantSpec;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small requests that would take a service much: counts are looked at before anything within. */
class DoorBoundsTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private static SpecException refused(Runnable door) {
    return assertTimeoutPreemptively(
        SOON, () -> catchThrowableOfType(SpecException.class, door::run));
  }

  private static Sweep.Builder sweep() {
    return SweepFiles.parse(SweepFilesTest.SWEEP, "tiny.yaml").toBuilder();
  }

  @Test
  void check_hundredThousandAxes_isOneViolation() {
    Sweep.Builder sweep = sweep();
    sweep.getSpecBuilder().addAllAxes(Collections.nCopies(100_000, Axis.getDefaultInstance()));
    assertThat(refused(() -> SweepValidator.check(sweep.build())))
        .hasMessage("spec.axes: must be at most 8, were 100002");
  }

  @Test
  void parse_hundredThousandAxes_isOneViolation() {
    String text = "spec: {axes: [" + "{},".repeat(100_000) + "]}";
    assertThat(refused(() -> SweepFiles.parse(text, "q.yaml")))
        .hasMessage("q.yaml:1:14 spec.axes: must be at most 8, were 100000");
  }

  @Test
  void checkVariant_rowsOfAMatrixWithoutNumber_areOneViolation() {
    VariantSpec variant =
        VariantSpec.newBuilder()
            .setDataset(DatasetSpec.newBuilder().setName("idx"))
            .setCorruption(
                CorruptionSpec.newBuilder()
                    .setLabels(
                        LabelCorruption.newBuilder()
                            .setRule(LabelCorruption.Rule.TRANSITION_MATRIX)
                            .addAllTransitionMatrix(
                                Collections.nCopies(200_000, TransitionRow.getDefaultInstance()))))
            .build();
    assertThat(refused(() -> SweepValidator.checkVariant(variant)))
        .hasMessage(
            "variant.corruption.labels.transitionMatrix: must be at most 1000, were 200000");
  }

  @Test
  void checkVariant_millionBatches_isOneViolation() {
    VariantSpec variant =
        VariantSpec.newBuilder()
            .setDataset(
                DatasetSpec.newBuilder()
                    .setName("cifar10")
                    .addAllBatches(IntStream.range(0, 1_000_000).boxed().toList()))
            .build();
    assertThat(refused(() -> SweepValidator.checkVariant(variant)))
        .hasMessage("variant.dataset.batches: must be at most 5, were 1000000");
  }

  /** Each list alone is within its bound. */
  @Test
  void check_messageThatHoldsTooMuch_isRefused() {
    TransitionRow row =
        TransitionRow.newBuilder().addAllProbabilities(Collections.nCopies(1000, 0.001)).build();
    AxisPoint.Builder point = AxisPoint.newBuilder();
    point
        .getSetBuilder()
        .getCorruptionBuilder()
        .getLabelsBuilder()
        .addAllTransitionMatrix(Collections.nCopies(1000, row));
    Sweep.Builder sweep = sweep();
    sweep.getSpecBuilder().getAxesBuilder(0).addPoints(point);
    assertThat(refused(() -> SweepValidator.check(sweep.build())))
        .hasMessageContaining("the whole must hold at most 250000 values");
  }

  @Test
  void check_moreThanAHundredViolations_endsAtTheHundredth() {
    Sweep.Builder sweep = sweep();
    sweep
        .getSpecBuilder()
        .getAxesBuilder(0)
        .addAllPoints(Collections.nCopies(900, AxisPoint.getDefaultInstance()));
    SpecException refused = refused(() -> SweepValidator.check(sweep.build()));
    assertThat(refused.violations()).hasSize(100);
    assertThat(refused.getMessage()).endsWith("; and 80 more").hasSizeLessThan(10_000);
  }

  @Test
  void parse_moreThanAHundredViolations_endsAtTheHundredth() {
    StringBuilder text = new StringBuilder("spec:\n");
    IntStream.range(0, 50_000).forEach(i -> text.append("  x").append(i).append(": 1\n"));
    assertThat(refused(() -> SweepFiles.parse(text.toString(), "x")).violations()).hasSize(100);
  }

  /**
   * A matrix of a hundred classes on a thousand points is much, and may take its time, but not
   * long.
   */
  @Test
  void check_largeMatrixInManyCells_isQuick() {
    TransitionRow row =
        TransitionRow.newBuilder().addAllProbabilities(Collections.nCopies(100, 0.01)).build();
    Sweep.Builder sweep = sweep();
    sweep
        .getSpecBuilder()
        .clearAxes()
        .addAxes(
            Axis.newBuilder()
                .setName("seed")
                .setField("seed")
                .addAllValues(
                    IntStream.range(0, 1000)
                        .mapToObj(
                            i -> com.google.protobuf.Value.newBuilder().setNumberValue(i).build())
                        .toList()));
    TrialSpec.Builder trial = sweep.getSpecBuilder().getTrialBuilder();
    trial.getDatasetBuilder().setName("cifar100");
    trial
        .getCorruptionBuilder()
        .getLabelsBuilder()
        .setRule(LabelCorruption.Rule.TRANSITION_MATRIX)
        .addAllTransitionMatrix(Collections.nCopies(100, row));
    assertTimeoutPreemptively(SOON, () -> SweepValidator.check(sweep.build()));
  }

  private static VariantSpec own(IdxFiles.Builder files) {
    return VariantSpec.newBuilder()
        .setDataset(
            DatasetSpec.newBuilder()
                .setName("idx")
                .setTrainSize(10)
                .setValidationSize(5)
                .setIdx(files))
        .build();
  }

  private static IdxFiles.Builder pair() {
    return IdxFiles.newBuilder().setTrainImages("own/im.idx").setTrainLabels("own/lab.idx.gz");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "own/A-b_c.idx", "a/b/c.1", "0"})
  void checkVariant_relativePath_passes(String path) {
    assertThatCode(() -> SweepValidator.checkVariant(own(pair().setTrainImages(path))))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/a", "a/", "a//b", "../a", "a/../b", ".a", "a/.b", "a b", "a\\b", "a:b", "."})
  void checkVariant_otherPath_isRefused(String path) {
    assertThat(refused(() -> SweepValidator.checkVariant(own(pair().setTrainImages(path)))))
        .hasMessageContaining(
            "variant.dataset.idx.trainImages: must be a path inside the datasets");
  }

  @Test
  void checkVariant_pathOfManySegments_needsNoStack() {
    String path = String.join("/", Collections.nCopies(512, "a"));
    assertThatCode(() -> SweepValidator.checkVariant(own(pair().setTrainImages(path))))
        .doesNotThrowAnyException();
    assertThat(refused(() -> SweepValidator.checkVariant(own(pair().setTrainImages(path + path)))))
        .hasMessageContaining("must have at most 1024 characters");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t/im | | 3 | testLabels | must be written beside testImages, or testImages left out",
        " | t/lab | 3 | testImages | must be written beside testLabels, or testLabels left out",
        " | | 0 | classes | must be in [1, 65536], was 0",
        " | | 65537 | classes | must be in [1, 65536], was 65537"
      })
  void checkVariant_ownFilesThatDoNotFit_areRefused(
      String images, String labels, int classes, String field, String message) {
    IdxFiles.Builder files = pair().setClasses(classes);
    if (images != null) {
      files.setTestImages(images);
    }
    if (labels != null) {
      files.setTestLabels(labels);
    }
    assertThat(refused(() -> SweepValidator.checkVariant(own(files))))
        .hasMessage("variant.dataset.idx." + field + ": " + message);
  }

  @Test
  void checkVariant_matrixOverOwnFiles_hasARowPerClassThatIsWritten() {
    VariantSpec.Builder variant = own(pair().setClasses(3)).toBuilder();
    variant
        .getCorruptionBuilder()
        .getLabelsBuilder()
        .setRule(LabelCorruption.Rule.TRANSITION_MATRIX)
        .addTransitionMatrix(TransitionRow.newBuilder().addProbabilities(1));
    assertThat(refused(() -> SweepValidator.checkVariant(variant.build())))
        .hasMessageContaining("must have a row per class, 3, had 1");
  }

  private static TrialSpec.Builder cnn(int trainSize, int batchSize) {
    TrialSpec.Builder trial = TrialSpec.newBuilder();
    trial.getDatasetBuilder().setName("strokes").setTrainSize(trainSize).setValidationSize(10);
    trial.getModelBuilder().getCnnBuilder().setPool(2).setPoolStride(2);
    trial.getTrainingBuilder().setBatchSize(batchSize);
    return trial;
  }

  @Test
  void check_batchNormOfOneExample_isRefused() {
    assertThat(refused(() -> SweepValidator.check(cnn(200, 1).build())))
        .hasMessageContaining(
            "trial.training.batchSize: must be at least 2 with batch normalisation, was 1");
    assertThat(refused(() -> SweepValidator.check(cnn(1, 8).build())))
        .hasMessageContaining(
            "trial.dataset.trainSize: must be at least 2 with batch normalisation, was 1");
    TrialSpec.Builder mlp = cnn(200, 1);
    mlp.setModel(ModelSpec.newBuilder().setMlp(Mlp.getDefaultInstance()));
    assertThatCode(() -> SweepValidator.check(mlp.build())).doesNotThrowAnyException();
  }

  private static List<String> warnings(TrialSpec.Builder trial, int... batchSizes) {
    Sweep.Builder sweep = sweep();
    sweep.getSpecBuilder().clearAxes().setTrial(trial);
    if (batchSizes.length > 0) {
      Axis.Builder axis = Axis.newBuilder().setName("batch").setField("training.batchSize");
      for (int size : batchSizes) {
        axis.addValues(com.google.protobuf.Value.newBuilder().setNumberValue(size));
      }
      sweep.getSpecBuilder().addAxes(axis);
    }
    SweepValidator.check(sweep.build());
    return SweepValidator.warnings(sweep.build());
  }

  @Test
  void warnings_lastBatchOfOne_areOneOfEachSize() {
    assertThat(warnings(cnn(200, 32))).isEmpty();
    assertThat(warnings(cnn(200, 8), 8, 199, 200))
        .singleElement()
        .asString()
        .contains("(200 examples in batches of 199)")
        .endsWith("(in the cell batch=199)");
    assertThat(warnings(cnn(129, 32)))
        .singleElement()
        .asString()
        .startsWith("the last batch of each epoch holds one example");
    TrialSpec.Builder early = cnn(129, 32);
    early.getTrainingBuilder().setMaxSteps(4);
    assertThat(warnings(early)).isEmpty();
  }
}
