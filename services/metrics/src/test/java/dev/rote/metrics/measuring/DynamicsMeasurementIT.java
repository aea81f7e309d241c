package dev.rote.metrics.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.artifacts.variants.StoredVariants;
import dev.rote.artifacts.variants.VariantCache;
import dev.rote.metrics.StoredStudy;
import dev.rote.metrics.storage.MissingArtifactException;
import dev.rote.metrics.storage.StoredNetworks;
import dev.rote.metrics.storage.StoredTrials;
import dev.rote.spec.AdmittedMeasurement;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.TrialId;
import dev.rote.testkit.TestStack;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.DynamicsMeasure.Score;
import dev.rote.v1.DynamicsValues;
import dev.rote.v1.ExampleScore;
import dev.rote.v1.ExampleScoreValues;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.TraceBlock;
import dev.rote.v1.TracePass;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialResult.Outcome;
import dev.rote.v1.TrialSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Dynamics of stored trials of four epochs on the variant of {@link StoredStudy}. */
class DynamicsMeasurementIT {
  private static final TestStack STACK = new TestStack();

  /** Predictions at epochs 0 to 4, of labels 0 1 0 0; the last input is replaced. */
  private static final int[][] END = {
    {1, 1, 1, 1}, {0, 1, 1, 1}, {0, 1, 0, 1}, {0, 1, 1, 1}, {0, 1, 0, 0}
  };

  private static final int[][] PRESENTED = {
    {}, {1, 1, 1, 1}, {0, 1, 0, 1}, {0, 1, 1, 1}, {0, 0, 0, 1}
  };

  @BeforeAll
  static void writeStudy() {
    new StoredStudy(STACK.store()).write();
  }

  @AfterAll
  static void stop() {
    STACK.close();
  }

  private static String trial(String id, Outcome outcome, int epochsTraced) {
    TrialResult.Builder result =
        StoredStudy.result(id, List.of(0, 4)).toBuilder().setOutcome(outcome);
    result.setSpec(SweepDefaults.fill(StoredRun.spec()));
    StoredMessage.TRIAL_RESULT.putIfAbsent(STACK.store(), result.build());
    for (int epoch = 0; epoch <= epochsTraced; epoch++) {
      TraceBlock.Builder block =
          TraceBlock.newBuilder().setTrialId(id).setEpoch(epoch).setEpochEnd(pass(END[epoch]));
      if (epoch > 0) {
        block.setPresentation(pass(PRESENTED[epoch]));
      }
      StoredMessage.TRACE_BLOCK.putIfAbsent(STACK.store(), block.build());
    }
    return id;
  }

  private static TracePass pass(int[] predictions) {
    TracePass.Builder pass = TracePass.newBuilder();
    for (int prediction : predictions) {
      pass.addPredictions(prediction + 1).addMargins(1).addLosses(0.5f);
    }
    return pass.build();
  }

  private static MeasurementSpec.Builder dynamics() {
    MeasurementSpec.Builder spec = MeasurementSpec.newBuilder();
    spec.getDynamicsBuilder();
    return spec;
  }

  private static TrialMeasurer measurer() {
    return new TrialMeasurer(
        new StoredTrials(
            STACK.store(),
            new VariantCache(new StoredVariants(STACK.store()), STACK.cache(), 1 << 20)),
        new StoredNetworks(STACK.store(), EngineUnderTest.open()),
        System::nanoTime);
  }

  private static List<CheckpointMeasurement> measure(String trial, MeasurementSpec.Builder spec) {
    return measurer().measure(trial, spec.build(), () -> {}).measurement().getCheckpointsList();
  }

  @Test
  void measure_numbersOfEveryEpochAndScoresAtTheLast() {
    String trial = trial("20000000000000000000000000000001", Outcome.CAP_REACHED, 4);
    List<CheckpointMeasurement> epochs = measure(trial, dynamics());
    assertThat(epochs).extracting(CheckpointMeasurement::getEpoch).containsExactly(0, 1, 2, 3, 4);
    assertThat(epochs.subList(0, 4)).noneMatch(CheckpointMeasurement::hasScores);
    DynamicsValues last = epochs.get(4).getDynamics();
    assertThat(last.getClean()).isEqualTo(3);
    assertThat(last.getReplaced()).isEqualTo(1);
    assertThat(epochs.stream().map(epoch -> epoch.getDynamics().getCleanRight()))
        .containsExactly(1 / 3.0, 2 / 3.0, 1.0, 2 / 3.0, 1.0);
    assertThat(epochs.stream().map(epoch -> epoch.getDynamics().getForgotten()))
        .containsExactly(Double.NaN, 0.0, 0.0, 0.25, 0.25);
    assertThat(last.getUnforgettable()).isEqualTo(0.25);
    assertThat(last.getNeverLearned()).isEqualTo(0.25);
    ExampleScoreValues scores = epochs.get(4).getScores();
    assertThat(scores.getSourceIndicesList()).containsExactly(10, 11, 12, 13);
    assertThat(scores.getLabelsList()).containsExactly(0, 1, 0, 0);
    assertThat(scores.getSourceLabelsList()).containsExactly(0, 1, 0, 1);
    assertThat(scores.getReplacedInputs().toByteArray()).containsExactly(0b1000);
    assertThat(scores.getPredictionsList()).containsExactly(1, 2, 1, 1);
    assertThat(scores.getScoresList())
        .extracting(ExampleScore::getName)
        .containsExactly(
            "firstLearned",
            "learned",
            "forgetting",
            "confidence",
            "variability",
            "correctness",
            "csl",
            "aum");
    assertThat(scores.getScores(0).getValuesList()).containsExactly(2f, 1f, 2f, 5f);
    assertThat(scores.getScores(0).getCensored().toByteArray()).containsExactly(0b1000);
    assertThat(scores.getScores(1).getValuesList()).containsExactly(1f, 1f, 4f, 4f);
    assertThat(scores.getScores(2).getValuesList()).containsExactly(0f, 1f, 1f, 4f);
    assertThat(scores.getScores(5).getValuesList()).containsExactly(1f, 1f, 0.5f, 0.25f);
  }

  /** A block of examples an epoch. */
  @Test
  void measure_tellsHowManyEpochsAreDone() {
    String trial = trial("20000000000000000000000000000006", Outcome.CAP_REACHED, 4);
    List<Double> told = new ArrayList<>();
    measurer()
        .measure(
            AdmittedMeasurement.admit(new TrialId(trial), dynamics().build()), () -> {}, told::add);
    assertThat(told).containsExactly(0.0, 0.2, 0.4, 0.6, 0.8);
  }

  @Test
  void measure_untilAnEpoch_knowsNothingLater() {
    String trial = trial("20000000000000000000000000000002", Outcome.CAP_REACHED, 2);
    MeasurementSpec.Builder spec = dynamics();
    spec.getDynamicsBuilder().setUntilEpoch(2).addScores(Score.FORGETTING);
    List<CheckpointMeasurement> epochs = measure(trial, spec);
    assertThat(epochs).extracting(CheckpointMeasurement::getEpoch).containsExactly(0, 1, 2);
    assertThat(epochs.get(2).getScores().getScoresList())
        .singleElement()
        .returns(List.of(0f, 0f, 0f, 2f), ExampleScore::getValuesList);
  }

  /** The rate falls after the second epoch: from then on margins are others. */
  @Test
  void measure_aumBeforeTheRateDrops_isOfTheEpochsBefore() {
    String id = "20000000000000000000000000000005";
    TrialResult.Builder result = StoredStudy.result(id, List.of(0, 4)).toBuilder();
    TrialSpec.Builder trial = StoredRun.spec().toBuilder();
    trial.getOptimizerBuilder().getMilestonesBuilder().addMilestones(2).setGamma(0.1);
    StoredMessage.TRIAL_RESULT.putIfAbsent(
        STACK.store(), result.setSpec(SweepDefaults.fill(trial.build())).build());
    for (int epoch = 0; epoch <= 4; epoch++) {
      TracePass.Builder pass = pass(END[epoch]).toBuilder();
      for (int i = 0; i < 4; i++) {
        pass.setMargins(i, epoch);
      }
      StoredMessage.TRACE_BLOCK.putIfAbsent(
          STACK.store(),
          TraceBlock.newBuilder()
              .setTrialId(id)
              .setEpoch(epoch)
              .setEpochEnd(pass)
              .setPresentation(pass)
              .build());
    }
    MeasurementSpec.Builder spec = dynamics();
    spec.getDynamicsBuilder().addScores(Score.AUM).setAumBeforeRateDrop(true);
    assertThat(measure(id, spec).get(4).getScores().getScores(0).getValuesList())
        .containsOnly(1.5f);
    spec.getDynamicsBuilder().setAumBeforeRateDrop(false);
    assertThat(measure(id, spec).get(4).getScores().getScores(0).getValuesList())
        .containsOnly(2.5f);
  }

  /** The last epoch is the one at which it diverged. */
  @Test
  void measure_divergedTrial_endsBeforeItsDivergence() {
    String trial = trial("20000000000000000000000000000003", Outcome.DIVERGED, 4);
    assertThat(measure(trial, dynamics()))
        .extracting(CheckpointMeasurement::getEpoch)
        .containsExactly(0, 1, 2, 3);
  }

  @Test
  void measure_traceThatIsNotWhole_isMissing() {
    String trial = trial("20000000000000000000000000000004", Outcome.CAP_REACHED, 3);
    assertThatExceptionOfType(MissingArtifactException.class)
        .isThrownBy(() -> measure(trial, dynamics()))
        .withMessageContaining("no stored trace of epoch 4")
        .withMessageContaining("RunTrial with trace")
        .returns(MissingArtifactException.Reason.TRACE_MISSING, MissingArtifactException::reason);
  }
}
