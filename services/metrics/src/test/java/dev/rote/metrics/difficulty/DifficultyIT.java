package dev.rote.metrics.difficulty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import dev.rote.agreement.EngineUnderTest;
import dev.rote.artifacts.variants.StoredVariants;
import dev.rote.artifacts.variants.VariantCache;
import dev.rote.metrics.StoredStudy;
import dev.rote.metrics.measuring.TrialMeasurer;
import dev.rote.metrics.storage.StoredNetworks;
import dev.rote.metrics.storage.StoredTrials;
import dev.rote.spec.AdmittedMeasurement;
import dev.rote.spec.TrialId;
import dev.rote.testkit.TestStack;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.El2n;
import dev.rote.v1.ExampleScore;
import dev.rote.v1.ExampleScoreValues;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.Grand;
import dev.rote.v1.InputCurvature;
import dev.rote.v1.LocalIntrinsicDimension;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.PredictionDepth;
import dev.rote.v1.SelfInfluence;
import dev.rote.v1.VarianceOfGradients;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scores from checkpoints in a real object store: logits {@code (e (x0 - x1), 0)} at the epochs e
 * of 0, 1 and 4, of which everything is worked out by hand.
 */
class DifficultyIT {
  private static final TestStack STACK = new TestStack();
  private static final double[][] INPUTS = {{0.52, 0.5}, {0.5, 0.54}, {0.58, 0.5}, {0.1, 0.5}};
  private static final int[] LABELS = {0, 1, 0, 0};
  private static final OneofDescriptor KIND = MeasurementSpec.getDescriptor().getOneofs().get(0);
  private static final int[] EPOCHS = {0, 1, 4};
  private static final int[] PREDICTED = {0, 1, 0, 1};

  @BeforeAll
  static void writeStudy() {
    new StoredStudy(STACK.store()).write();
  }

  @AfterAll
  static void stop() {
    STACK.close();
  }

  private static List<CheckpointMeasurement> measured(MeasurementSpec.Builder spec) {
    return measurer()
        .measure(StoredStudy.TRIAL, spec.build(), () -> {})
        .measurement()
        .getCheckpointsList();
  }

  private static TrialMeasurer measurer() {
    return new TrialMeasurer(
        new StoredTrials(
            STACK.store(),
            new VariantCache(new StoredVariants(STACK.store()), STACK.cache(), 1 << 20)),
        new StoredNetworks(STACK.store(), EngineUnderTest.open()),
        System::nanoTime);
  }

  /** Probability of not the label. */
  private static double miss(int example, int epoch) {
    double z = epoch * (INPUTS[example][0] - INPUTS[example][1]);
    return 1 / (1 + Math.exp(LABELS[example] == 0 ? z : -z));
  }

  /** {@code 2 (1 - p_y)² (‖x‖² + 1)}: of weights and biases. */
  private static double square(int example, int epoch) {
    double norm = norm(example);
    return 2 * Math.pow(miss(example, epoch), 2) * (norm * norm + 1);
  }

  private static double norm(int example) {
    return Math.hypot(INPUTS[example][0], INPUTS[example][1]);
  }

  private interface Expected {
    double of(int example);
  }

  private static void assertScore(
      ExampleScoreValues scores, int number, String name, Expected expected) {
    ExampleScore score = scores.getScores(number);
    assertThat(score.getName()).isEqualTo(name);
    assertThat(score.getValuesCount()).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      double wanted = expected.of(i);
      assertThat((double) score.getValues(i))
          .as("%s of example %d", name, i)
          .isCloseTo(wanted, within(1e-5 * Math.max(1, Math.abs(wanted))));
    }
  }

  @Test
  void measure_el2n_ofEveryCheckpointWithWhoTheExamplesAre() {
    List<CheckpointMeasurement> checkpoints =
        measured(MeasurementSpec.newBuilder().setEl2N(El2n.getDefaultInstance()));
    assertThat(checkpoints).extracting(CheckpointMeasurement::getEpoch).containsExactly(0, 1, 4);
    for (int c = 0; c < EPOCHS.length; c++) {
      int epoch = EPOCHS[c];
      ExampleScoreValues scores = checkpoints.get(c).getScores();
      assertScore(scores, 0, "el2n", i -> Math.sqrt(2) * miss(i, epoch));
      assertThat(scores.getScores(0).getSuspect()).isEqualTo(ExampleScore.Suspect.HIGH);
      assertThat(scores.getSourceIndicesList()).containsExactly(10, 11, 12, 13);
      assertThat(scores.getLabelsList()).containsExactly(0, 1, 0, 0);
      assertThat(scores.getSourceLabelsList()).containsExactly(0, 1, 0, 1);
      assertThat(scores.getReplacedInputs().toByteArray()).containsExactly(0b1000);
      /* At epoch 0 both logits are 0. */
      assertPredictions(scores, epoch == 0 ? new int[4] : PREDICTED);
    }
  }

  private static void assertPredictions(ExampleScoreValues scores, int... classes) {
    assertThat(scores.getPredictionsList())
        .containsExactly(IntStream.of(classes).mapToObj(c -> c + 1).toArray(Integer[]::new));
  }

  /** Of the last checkpoint looked at. */
  @ParameterizedTest
  @MethodSource("kinds")
  void measure_everyKind_saysWhatIsPredicted(MeasurementSpec.Builder spec, int pulses) {
    for (CheckpointMeasurement checkpoint : measured(spec)) {
      ExampleScoreValues scores = checkpoint.getScores();
      assertPredictions(scores, checkpoint.getEpoch() == 0 ? new int[4] : PREDICTED);
    }
  }

  /** Kinds beside the pulses of a checkpoint, or of all where they are looked at together. */
  static List<Arguments> kinds() {
    return List.of(
        Arguments.of(spec().setEl2N(El2n.getDefaultInstance()), 1),
        Arguments.of(spec().setGrand(Grand.getDefaultInstance()), 3),
        Arguments.of(spec().setSelfInfluence(SelfInfluence.getDefaultInstance()), 4),
        Arguments.of(spec().setVog(VarianceOfGradients.getDefaultInstance()), 4),
        Arguments.of(spec().setInputCurvature(InputCurvature.newBuilder().setDraws(3)), 12),
        Arguments.of(spec().setPredictionDepth(PredictionDepth.newBuilder().setK(1)), 2),
        Arguments.of(spec().setLid(LocalIntrinsicDimension.getDefaultInstance()), 2));
  }

  private static MeasurementSpec.Builder spec() {
    return MeasurementSpec.newBuilder();
  }

  /**
   * Told are exactly the pulses that come, so that progress moves evenly and ends where it is done.
   */
  @ParameterizedTest
  @MethodSource("kinds")
  void measure_everyKind_tellsHowMuchIsDone(MeasurementSpec.Builder spec, int pulses) {
    List<Double> told = new ArrayList<>();
    boolean together = spec.hasSelfInfluence() || spec.hasVog() || spec.hasInputCurvature();
    List<Double> expected = new ArrayList<>();
    int parts = together ? 1 : EPOCHS.length;
    for (int part = 0; part < parts; part++) {
      if (!together) {
        expected.add((double) part / parts);
      }
      for (int pulse = 0; pulse < pulses; pulse++) {
        expected.add((part + (double) pulse / pulses) / parts);
      }
      if (!together) {
        expected.add((part + 1.0) / parts);
      }
    }
    /* All four examples under another number of them, so that nothing is stored yet. */
    MeasurementSpec.Builder asked = spec.clone();
    FieldDescriptor kind = asked.getOneofFieldDescriptor(KIND);
    Message.Builder of = asked.getFieldBuilder(kind);
    of.setField(
        of.getDescriptorForType().findFieldByName("examples"),
        ExampleSelection.newBuilder()
            .setSplit(ExampleSelection.Split.TRAINING)
            .setCount(99)
            .build());
    measurer()
        .measure(
            AdmittedMeasurement.admit(new TrialId(StoredStudy.TRIAL), asked.build()),
            () -> {},
            told::add);
    assertThat(told).containsExactlyElementsOf(expected);
  }

  @Test
  void measure_grandAndTheInputsNorm_ofEveryCheckpoint() {
    List<CheckpointMeasurement> checkpoints =
        measured(MeasurementSpec.newBuilder().setGrand(Grand.getDefaultInstance()));
    for (int c = 0; c < EPOCHS.length; c++) {
      int epoch = EPOCHS[c];
      ExampleScoreValues scores = checkpoints.get(c).getScores();
      assertScore(scores, 0, "grand", i -> Math.sqrt(square(i, epoch)));
      assertScore(scores, 1, "inputNorm", DifficultyIT::norm);
      assertThat(scores.getScores(1).getSuspect()).isEqualTo(ExampleScore.Suspect.UNSPECIFIED);
    }
  }

  @Test
  void measure_selfInfluence_isOneSumAtTheLastEpoch() {
    List<CheckpointMeasurement> checkpoints =
        measured(MeasurementSpec.newBuilder().setSelfInfluence(SelfInfluence.getDefaultInstance()));
    assertThat(checkpoints).extracting(CheckpointMeasurement::getEpoch).containsExactly(4);
    assertScore(
        checkpoints.get(0).getScores(),
        0,
        "selfInfluence",
        i -> IntStream.of(EPOCHS).mapToDouble(e -> StoredStudy.RATE * square(i, e)).sum());
  }

  /** Of label 0 the gradient is (e, -e), of label 1 nothing: classes have equal values or one. */
  @Test
  void measure_vog_isOneValueAtTheLastEpoch() {
    List<CheckpointMeasurement> checkpoints =
        measured(MeasurementSpec.newBuilder().setVog(VarianceOfGradients.getDefaultInstance()));
    assertThat(checkpoints).extracting(CheckpointMeasurement::getEpoch).containsExactly(4);
    ExampleScoreValues scores = checkpoints.get(0).getScores();
    double mean = 5.0 / 3;
    double deviation =
        Math.sqrt(IntStream.of(EPOCHS).mapToDouble(e -> Math.pow(e - mean, 2)).sum() / 3);
    assertScore(scores, 1, "vogUnnormalized", i -> LABELS[i] == 0 ? deviation : 0);
    assertThat(scores.getScores(0).getName()).isEqualTo("vog");
    assertThat(scores.getScores(0).getValuesList()).hasSize(4).containsOnly(Float.NaN);
  }

  /** {@code ⟨(e, -e), v⟩} is 0 or ±2 e, one as often as the other. */
  @Test
  void measure_inputCurvature_ofTheEpochsAskedFor() {
    List<CheckpointMeasurement> checkpoints =
        measured(
            MeasurementSpec.newBuilder()
                .setInputCurvature(InputCurvature.newBuilder().setDraws(1000).setStep(0.01))
                .addEpochs(0)
                .addEpochs(4));
    assertThat(checkpoints).extracting(CheckpointMeasurement::getEpoch).containsExactly(4);
    ExampleScoreValues scores = checkpoints.get(0).getScores();
    for (int i = 0; i < 4; i++) {
      double p = miss(i, 4);
      double hessian = p * (1 - p) * 32;
      assertThat((double) scores.getScores(0).getValues(i))
          .isCloseTo(hessian * hessian / 2, within(0.1 * hessian * hessian / 2));
    }
    assertThat(scores.getScores(1).getName()).isEqualTo("inputCurvatureNorm");
  }

  /**
   * Predictions are 0, 1, 0, 1. By pixels the nearest others of the last three are 0, 0 and 1, of
   * labels 0, 0 and 1; by probabilities, of {@code x0 - x1} = 0.02, -0.04, 0.08 and -0.4, the same.
   */
  @Test
  void measure_predictionDepth_nearestOfOthersVote() {
    List<CheckpointMeasurement> checkpoints =
        measured(
            MeasurementSpec.newBuilder()
                .setPredictionDepth(PredictionDepth.newBuilder().setK(1))
                .setFinalOnly(true));
    ExampleScore score = checkpoints.get(0).getScores().getScores(0);
    assertThat(score.getName()).isEqualTo("predictionDepth");
    assertThat(score.getValues(2)).isZero();
    assertThat(score.getValues(3)).isZero();
    assertThat(score.getValues(1)).isEqualTo(2);
    assertThat(score.getCensored().toByteArray()[0] >> 1 & 1).isEqualTo(1);
  }

  @Test
  void measure_lid_fewerExamplesThanNeighbours_isNaN() {
    List<CheckpointMeasurement> checkpoints =
        measured(
            MeasurementSpec.newBuilder()
                .setLid(LocalIntrinsicDimension.getDefaultInstance())
                .setFinalOnly(true));
    assertThat(checkpoints.get(0).getScores().getScores(0).getValuesList())
        .hasSize(4)
        .containsOnly(Float.NaN);
  }
}
