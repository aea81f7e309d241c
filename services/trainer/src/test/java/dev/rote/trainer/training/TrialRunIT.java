package dev.rote.trainer.training;

import static dev.rote.trainer.training.MadeTrials.adam;
import static dev.rote.trainer.training.MadeTrials.adamw;
import static dev.rote.trainer.training.MadeTrials.adversarial;
import static dev.rote.trainer.training.MadeTrials.augmented;
import static dev.rote.trainer.training.MadeTrials.mixed;
import static dev.rote.trainer.training.MadeTrials.nesterov;
import static dev.rote.trainer.training.MadeTrials.spec;
import static dev.rote.trainer.training.MadeTrials.trial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.OtherVersionException;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.artifacts.checkpoints.CheckpointWriter;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.checkpoints.CheckpointNetwork;
import dev.rote.networks.Logits;
import dev.rote.networks.Network;
import dev.rote.recipes.CrossEntropy;
import dev.rote.trainer.training.MadeTrials.Kind;
import dev.rote.trainer.training.StoredRuns.Control;
import dev.rote.v1.CheckpointRef;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.Tensor;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialResult.Outcome;
import dev.rote.v1.TrialSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/** Runs of chains of layers. */
class TrialRunIT extends TrialRunSuite {
  static Stream<Arguments> specs() {
    TrialSpec.Builder replaced = adversarial(spec(Kind.MLP));
    replaced.getTrainingBuilder().setSampling(TrainingSpec.Sampling.WITH_REPLACEMENT);
    TrialSpec.Builder changed = augmented(adversarial(spec(Kind.CNN)));
    changed.getTrainingBuilder().setSampling(TrainingSpec.Sampling.WITH_REPLACEMENT);
    return Stream.of(
        Arguments.of("mlp", spec(Kind.MLP)),
        Arguments.of("cnn", spec(Kind.CNN)),
        Arguments.of("adversarial mlp, sampled with replacement", replaced),
        Arguments.of("adversarial cnn", adversarial(spec(Kind.CNN))),
        Arguments.of("Adam on squared errors, cosine after a warm-up", adam(spec(Kind.MLP))),
        Arguments.of("AdamW on a cnn, one cycle, clipped", adamw(spec(Kind.CNN))),
        Arguments.of("Nesterov, triangle, label smoothing", nesterov(spec(Kind.MLP))),
        Arguments.of("augmented, normalised cnn", augmented(spec(Kind.CNN))),
        Arguments.of("mixed cnn, squared errors", mixed(spec(Kind.CNN))),
        Arguments.of("augmented, normalised, adversarial cnn, with replacement", changed));
  }

  static Stream<Kind> kinds() {
    return Stream.of(Kind.MLP, Kind.CNN);
  }

  /** Not trained anew over what a newer worker has done. */
  @Test
  void run_newestCheckpointOfANewerEngine_isLeftAlone() throws IOException {
    Trial trial = trial(spec(Kind.MLP));
    runs.finish(trial);
    String key = ArtifactKeys.checkpoint(trial.id(), 4);
    ByteArrayOutputStream newer = new ByteArrayOutputStream();
    try (CheckpointReader reader = CheckpointReader.open(runs.store(), key)) {
      CheckpointWriter.write(
          reader.header().toBuilder().setEngineVersion("999").build(),
          (t, values) -> System.arraycopy(reader.tensor(), 0, values, 0, values.length),
          newer);
    }
    runs.store().put(key, newer.toByteArray());
    assertThatExceptionOfType(OtherVersionException.class)
        .isThrownBy(() -> runs.finish(trial))
        .withMessageContaining(key)
        .withMessageContaining("version 999 of the engine");
    assertThat(runs.store().get(key)).containsExactly(newer.toByteArray());
  }

  @Test
  void run_longAndCutOften_hasItsWholeHistory() {
    TrialSpec.Builder spec = spec(Kind.MLP);
    spec.getTrainingBuilder().setEpochs(40);
    Trial whole = trial(spec);
    TrialResult expected = runs.finish(whole);
    Trial cut =
        new Trial("long-" + whole.id(), "variant", whole.spec(), whole.train(), whole.validation());
    RunEnd end = new RunEnd.Stopped();
    while (end instanceof RunEnd.Stopped) {
      end = runs.run(cut, new Control(60), Duration.ZERO);
    }
    runs.assertSameBits(expected, ((RunEnd.Finished) end).result());
  }

  @Test
  void run_historyPartDamagedOrGone_isWrittenAgain() {
    TrialSpec.Builder spec = spec(Kind.MLP);
    spec.getTrainingBuilder().setEpochs(34);
    Trial trial = trial(spec);
    TrialResult expected = runs.finish(trial);
    String part = ArtifactKeys.historyPart(StoredMessage.historyPart(trial.id(), 16));
    byte[] sound = runs.store().get(part);
    byte[] flipped = sound.clone();
    flipped[flipped.length / 2] ^= 1;
    runs.store().put(part, flipped);
    runs.assertSameBits(expected, runs.finish(trial));
    assertThat(runs.store().get(part)).isEqualTo(sound);
    runs.store().delete(part);
    runs.assertSameBits(expected, runs.finish(trial));
    assertThat(runs.store().get(part)).isEqualTo(sound);
  }

  /** What versions before parts of histories wrote: all of it in each checkpoint. */
  @Test
  void run_resumedFromAWholeHistory_goesOnInParts() {
    TrialSpec.Builder spec = spec(Kind.MLP);
    spec.getTrainingBuilder().setEpochs(34);
    Trial whole = trial(spec);
    TrialResult expected = runs.finish(whole);
    Trial old =
        new Trial("old-" + whole.id(), "variant", whole.spec(), whole.train(), whole.validation());
    for (int epoch = 0; epoch <= 20; epoch++) {
      runs.copyWhole(expected, old.id(), epoch);
    }
    Control control = new Control(Long.MAX_VALUE);
    RunEnd end = runs.run(old, control, Duration.ofMinutes(1));
    assertThat(control.first().getEpochsDone()).isEqualTo(20);
    runs.assertSameBits(expected, ((RunEnd.Finished) end).result());
  }

  @Test
  void run_plain_historyCountsPartsAndLearns() {
    TrialSpec.Builder spec = spec(Kind.MLP);
    spec.clearRegularization();
    spec.getTrainingBuilder().setEpochs(6);
    TrialResult result = runs.finish(trial(spec));
    assertThat(result.getOutcome()).isEqualTo(Outcome.CAP_REACHED);
    assertThat(result.getHistoryList().stream().map(EpochRecord::getEpoch))
        .containsExactly(0, 1, 2, 3, 4, 5, 6);
    EpochRecord last = result.getHistory(6);
    assertThat(last.getSteps()).isEqualTo(6 * STEPS_PER_EPOCH);
    assertThat(last.getTrain().getExamples()).isEqualTo(100);
    assertThat(last.getCorrupted().getExamples()).isEqualTo(25);
    assertThat(last.getClean().getExamples()).isEqualTo(75);
    assertThat(last.getValidation().getExamples()).isEqualTo(40);
    assertThat(last.getClean().getAccuracy()).isGreaterThan(0.95);
    assertThat(last.getValidation().getAccuracy()).isGreaterThan(0.95);
    assertThat(last.getCorrupted().getAccuracy()).isLessThan(last.getClean().getAccuracy());
    assertThat(last.getTrain().getLoss())
        .isCloseTo(
            0.25 * last.getCorrupted().getLoss() + 0.75 * last.getClean().getLoss(), within(1e-9));
    assertThat(result.getParameters()).isEqualTo(10 * 12 + 12 + 12 * 9 + 9 + 9 * 3 + 3);
    assertThat(result.getBackend()).isEqualTo(EngineUnderTest.open().description());
  }

  /** Every optimiser learns, and its checkpoints name what it keeps. */
  @Test
  void run_adam_learnsAndKeepsItsMoments() {
    TrialSpec.Builder spec = spec(Kind.MLP);
    spec.clearRegularization().getTrainingBuilder().setEpochs(10);
    spec.getOptimizerBuilder().clearMomentum().setLearningRate(0.01).getAdamBuilder();
    TrialResult result = runs.finish(trial(spec));
    assertThat(result.getHistory(10).getClean().getAccuracy()).isGreaterThan(0.95);
    try (CheckpointReader reader =
        CheckpointReader.open(runs.store(), result.getCheckpoints(10).getKey())) {
      assertThat(reader.header().getTensorsList())
          .extracting(Tensor::getName)
          .hasSize(3 * 6)
          .startsWith("layer0/weights", "layer0/biases")
          .contains("layer0/weights/first-moment", "layer2/biases/second-moment");
    }
  }

  /** Histories report cross-entropy, so that trials can be compared, and the last rate. */
  @Test
  void run_otherLossAndSchedule_historyHoldsCrossEntropyAndTheLastRate() {
    TrialSpec.Builder spec = spec(Kind.MLP);
    spec.clearRegularization();
    TrialResult plain = runs.finish(trial(spec));
    spec.getLossBuilder().getShiftedLogBuilder();
    spec.getOptimizerBuilder().getTriangleBuilder();
    TrialResult other = runs.finish(trial(spec));
    assertThat(other.getHistory(0).getTrain()).isEqualTo(plain.getHistory(0).getTrain());
    assertThat(other.getHistory(4).getTrain()).isNotEqualTo(plain.getHistory(4).getTrain());
    /* 32 steps: up in 16, down in 16. */
    assertThat(other.getHistoryList())
        .extracting(EpochRecord::getLearningRate)
        .containsExactly(0.0, 0.05 * 7 / 16, 0.05 * 15 / 16, 0.05 * 9 / 16, 0.05 / 16);
  }

  @Test
  void run_absurdRate_divergesAsAResult() {
    TrialSpec.Builder spec = spec(Kind.MLP);
    spec.getOptimizerBuilder().setLearningRate(1e30);
    TrialResult result = runs.finish(trial(spec));
    assertThat(result.getOutcome()).isEqualTo(Outcome.DIVERGED);
    assertThat(result.getDivergedAtEpoch()).isEqualTo(1);
    assertThat(result.getHistoryCount()).isEqualTo(2);
    assertThat(result.getHistory(1).getTrain().getLoss()).isNaN();
    /* Nothing is predicted from logits that are no numbers, not even by chance. */
    assertThat(result.getHistory(1).getTrain().getAccuracy()).isZero();
  }

  @Test
  void run_adversarial_learnsOtherwise() {
    TrialSpec.Builder spec = spec(Kind.MLP);
    spec.clearRegularization().getTrainingBuilder().setEpochs(10);
    TrialResult plain = runs.finish(trial(spec));
    TrialResult adversarial = runs.finish(trial(adversarial(spec)));
    EpochRecord last = adversarial.getHistory(10);
    assertThat(last.getClean().getAccuracy()).isGreaterThan(0.95);
    assertThat(last.getSteps()).isEqualTo(10 * STEPS_PER_EPOCH);
    assertThat(last.getTrain().getLoss())
        .isNotCloseTo(plain.getHistory(10).getTrain().getLoss(), within(1e-3));
  }

  /** What is evaluated, and whoever loads a checkpoint sees, are the pictures themselves. */
  @Test
  void run_augmented_historyIsOfPlainPicturesByCheckpointsThatNeedNoData() {
    TrialSpec.Builder spec = augmented(spec(Kind.CNN));
    spec.clearRegularization();
    Trial trial = trial(spec);
    TrialResult result = runs.finish(trial);
    CheckpointRef last = result.getCheckpoints(result.getCheckpointsCount() - 1);
    int[] all = IntStream.range(0, 40).toArray();
    float[] pictures = new float[40 * 64];
    float[] logits = new float[40 * 3];
    trial.validation().inputs(all, 40, pictures);
    double loss = 0;
    try (CheckpointReader reader = CheckpointReader.open(runs.store(), last.getKey());
        Network network =
            CheckpointNetwork.open(reader, EngineUnderTest.open(), CrossEntropy.PLAIN, 1)) {
      network.logits(pictures, 40, logits);
      for (int i = 0; i < 40; i++) {
        loss += Logits.crossEntropy(logits, i * 3, 3, trial.validation().label(i)) / 40;
      }
    }
    assertThat(result.getHistory(4).getValidation().getLoss()).isCloseTo(loss, within(1e-6));
    assertThat(result.getHistory(4).getTrain().getLoss())
        .isNotCloseTo(
            runs.finish(trial(spec.clearAugmentation())).getHistory(4).getTrain().getLoss(),
            within(1e-4));
  }

  @Test
  void run_adversarialOnTwoThreads_sameBitsTwice() {
    TrialSpec.Builder spec = adversarial(spec(Kind.MLP));
    spec.getTrainingBuilder().setEpochs(2).setThreads(2);
    runs.assertSameBits(runs.finish(trial(spec)), runs.finish(trial(spec)));
  }

  @Test
  void run_withReplacement_stepsOfFullBatches() {
    TrialSpec.Builder spec = spec(Kind.MLP);
    spec.clearRegularization()
        .getTrainingBuilder()
        .setEpochs(6)
        .setSampling(TrainingSpec.Sampling.WITH_REPLACEMENT);
    TrialResult result = runs.finish(trial(spec));
    assertThat(result.getHistoryList().stream().map(EpochRecord::getSteps))
        .containsExactly(0L, 8L, 16L, 24L, 32L, 40L, 48L);
    assertThat(result.getHistory(6).getClean().getAccuracy()).isGreaterThan(0.95);
  }
}
