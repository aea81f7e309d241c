package dev.rote.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.OtherVersionException;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.artifacts.checkpoints.CheckpointWriter;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.checkpoints.CheckpointNetwork;
import dev.rote.networks.Logits;
import dev.rote.networks.Network;
import dev.rote.recipes.CrossEntropy;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.SweepFiles;
import dev.rote.testkit.TestStack;
import dev.rote.trainer.storage.StoredCheckpoints;
import dev.rote.v1.AdversarialTraining;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.CheckpointRef;
import dev.rote.v1.CheckpointSpec;
import dev.rote.v1.Cnn;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.InputNormalization;
import dev.rote.v1.Lass;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.OptimizerSpec;
import dev.rote.v1.RegularizationSpec;
import dev.rote.v1.Tensor;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialProgress;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialResult.Outcome;
import dev.rote.v1.TrialSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs on tiny data, with their checkpoints in a real object store. */
@SuppressWarnings("NullAway.Init")
class TrialRunIT {
  private static final int STEPS_PER_EPOCH = 8;
  private static final ModelSpec RESIDUAL =
      SweepFiles.parse(
              """
              apiVersion: rote.dev/v1
              kind: Sweep
              metadata: {name: residual}
              spec:
                trial:
                  model:
                    graph:
                      nodes:
                      - {name: conv1, convolution: {filters: 4, kernel: 3, padding: SAME, stride: 2}}
                      - {name: norm1, batchNorm: {}}
                      - {name: relu1, relu: {}}
                      - {name: conv2, convolution: {filters: 4, kernel: 3, padding: SAME}}
                      - {name: norm2, batchNorm: {}}
                      - {name: noise, noise: {}}
                      - {name: sum, inputs: [noise, relu1], add: {}}
                      - {name: relu2, relu: {}}
                      - {name: flat, flatten: {}}
                      - {name: dropout, dropout: {rate: 0.2}}
                      - {name: logits, dense: {}}
                    initialization: PYTORCH_DEFAULT
              """,
              "residual.yaml")
          .getSpec()
          .getTrial()
          .getModel();
  private static TestStack stack;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private enum Kind {
    MLP,
    CNN,
    RESIDUAL
  }

  @BeforeAll
  static void start() {
    stack = new TestStack();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  private static ModelSpec model(Kind kind) {
    return switch (kind) {
      case MLP ->
          ModelSpec.newBuilder().setMlp(Mlp.newBuilder().addHidden(12).addHidden(9)).build();
      case CNN ->
          ModelSpec.newBuilder()
              .setCnn(
                  Cnn.newBuilder()
                      .addAllFilters(List.of(3, 4))
                      .setKernel(3)
                      .setPadding(Cnn.Padding.SAME)
                      .setPool(2)
                      .addAllDense(List.of(8, 6)))
              .build();
      case RESIDUAL -> RESIDUAL;
    };
  }

  private static TrialSpec.Builder spec(Kind kind) {
    return TrialSpec.newBuilder()
        .setDataset(DatasetSpec.newBuilder().setName("strokes"))
        .setModel(model(kind))
        .setOptimizer(OptimizerSpec.newBuilder().setLearningRate(0.05).setMomentum(0.9))
        .setRegularization(
            RegularizationSpec.newBuilder()
                .setDropout(0.2)
                .setHiddenNoise(0.1)
                .setInputDropout(0.1)
                .setInputNoise(0.1)
                .setWeightDecay(0.001))
        .setTraining(TrainingSpec.newBuilder().setEpochs(4).setBatchSize(13))
        .setSeed(7);
  }

  private static TrialSpec.Builder adversarial(TrialSpec.Builder spec) {
    spec.getRegularizationBuilder()
        .setAdversarial(
            AdversarialTraining.newBuilder()
                .setWeight(0.4)
                .setRadius(30)
                .setLass(Lass.newBuilder().setAlpha(12).setBeta(4)));
    return spec;
  }

  private static TrialSpec.Builder augmented(TrialSpec.Builder spec) {
    spec.getAugmentationBuilder().getPadAndCropBuilder().setPadding(2);
    spec.getAugmentationBuilder().getHorizontalFlipBuilder();
    spec.getAugmentationBuilder().getCutoutBuilder().setSize(3);
    spec.getModelBuilder()
        .setNormalization(
            InputNormalization.newBuilder()
                .setOfTrainingSplit(InputNormalization.OfTrainingSplit.getDefaultInstance()));
    return spec;
  }

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
        Arguments.of("residual", spec(Kind.RESIDUAL)),
        Arguments.of("mixed residual, Nesterov by milestones", milestones(spec(Kind.RESIDUAL))),
        Arguments.of("AdamW on a residual", adamw(spec(Kind.RESIDUAL))),
        Arguments.of("adversarial residual", adversarial(spec(Kind.RESIDUAL))),
        Arguments.of("mixed cnn, squared errors", mixed(spec(Kind.CNN))),
        Arguments.of("augmented, normalised, adversarial cnn, with replacement", changed));
  }

  private static TrialSpec.Builder mixed(TrialSpec.Builder spec) {
    augmented(spec).getAugmentationBuilder().getMixupBuilder().setAlpha(0.4);
    spec.getLossBuilder().getSquaredErrorBuilder();
    return spec;
  }

  private static TrialSpec.Builder milestones(TrialSpec.Builder spec) {
    augmented(spec).getAugmentationBuilder().getMixupBuilder();
    spec.getOptimizerBuilder().setNesterov(true);
    spec.getOptimizerBuilder().getMilestonesBuilder().addMilestones(2).setGamma(0.1);
    return spec;
  }

  private static TrialSpec.Builder adam(TrialSpec.Builder spec) {
    spec.getOptimizerBuilder().clearMomentum().setLearningRate(0.01).getAdamBuilder();
    spec.getOptimizerBuilder().getCosineDecayBuilder();
    spec.getOptimizerBuilder().getWarmupBuilder().setSteps(5);
    spec.getLossBuilder().getSquaredErrorBuilder();
    return spec;
  }

  private static TrialSpec.Builder adamw(TrialSpec.Builder spec) {
    spec.getRegularizationBuilder().clearWeightDecay();
    spec.getOptimizerBuilder().clearMomentum().setLearningRate(0.01).setClipNorm(0.5);
    spec.getOptimizerBuilder().getAdamwBuilder();
    spec.getOptimizerBuilder().getOneCycleBuilder();
    return spec;
  }

  private static TrialSpec.Builder nesterov(TrialSpec.Builder spec) {
    spec.getOptimizerBuilder().setNesterov(true).getTriangleBuilder();
    spec.getLossBuilder().getCrossEntropyBuilder().setLabelSmoothing(0.1);
    return spec;
  }

  private static Trial trial(TrialSpec.Builder spec) {
    TrialSpec filled = SweepDefaults.fill(spec.build());
    boolean images = !filled.getModel().hasMlp();
    return new Trial(
        "trial" + NUMBER.incrementAndGet(),
        "variant",
        filled,
        images ? MadeExamples.images(100, 8, 3, "train") : MadeExamples.flat(100, 10, 3, "train"),
        images
            ? MadeExamples.images(40, 8, 3, "validation")
            : MadeExamples.flat(40, 10, 3, "validation"));
  }

  /** Stops after a number of questions; remembers the progress. */
  private static final class Control implements RunControl {
    private final List<TrialProgress> progress = new ArrayList<>();
    private long questions;

    Control(long questions) {
      this.questions = questions;
    }

    @Override
    public boolean shouldStop() {
      return questions-- <= 0;
    }

    @Override
    public void progress(TrialProgress newest) {
      progress.add(newest);
    }
  }

  private static RunEnd run(Trial trial, RunControl control, Duration resumeEvery) {
    StoredCheckpoints checkpoints = new StoredCheckpoints(stack.store(), stack.cache());
    return new TrialRun(
            trial, EngineUnderTest.open(), checkpoints, control, resumeEvery, System::nanoTime)
        .run();
  }

  private static TrialResult finish(Trial trial) {
    return ((RunEnd.Finished) run(trial, new Control(Long.MAX_VALUE), Duration.ofMinutes(1)))
        .result();
  }

  private static byte[] tensors(CheckpointRef ref) {
    byte[] bytes = stack.store().get(ref.getKey());
    try (CheckpointReader reader =
        new CheckpointReader(ref.getKey(), stack.store().open(ref.getKey(), 0))) {
      CheckpointHeader header = reader.header();
      reader.verify();
      long floats =
          header.getTensorsList().stream()
              .mapToLong(t -> t.getShapeList().stream().reduce(1, (a, b) -> a * b))
              .sum();
      int end = bytes.length - 32;
      return Arrays.copyOfRange(bytes, (int) (end - floats * Float.BYTES), end);
    }
  }

  private static void assertSameBits(TrialResult expected, TrialResult actual) {
    assertThat(actual.getHistoryList()).isEqualTo(expected.getHistoryList());
    assertThat(actual.getOutcome()).isEqualTo(expected.getOutcome());
    assertThat(actual.getCheckpointsList().stream().map(CheckpointRef::getEpoch).toList())
        .isEqualTo(expected.getCheckpointsList().stream().map(CheckpointRef::getEpoch).toList());
    for (int i = 0; i < expected.getCheckpointsCount(); i++) {
      assertThat(tensors(actual.getCheckpoints(i)))
          .containsExactly(tensors(expected.getCheckpoints(i)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("specs")
  void run_stoppedAnywhereAndResumed_equalsUninterrupted(String name, TrialSpec.Builder spec) {
    Trial whole = trial(spec);
    TrialResult expected = finish(whole);
    Trial cut =
        new Trial("cut-" + whole.id(), "variant", whole.spec(), whole.train(), whole.validation());
    /* Each life ends after a few more questions: inside epochs, between them, in evaluations. */
    RunEnd end = new RunEnd.Stopped();
    int lives = 0;
    for (int questions = 1; end instanceof RunEnd.Stopped; questions = (questions + 3) % 11) {
      end = run(cut, new Control(questions), Duration.ofMinutes(1));
      lives++;
    }
    assertThat(lives).isGreaterThan(5);
    assertSameBits(expected, ((RunEnd.Finished) end).result());
    assertThat(stack.store().list(ArtifactKeys.resumePoints(cut.id()), "", 10)).isEmpty();
  }

  /** Its second half needs what it started from no more. */
  @ParameterizedTest
  @EnumSource
  void run_fromAnothersCheckpoint_startsWithItsParameters_andResumesAsUninterrupted(Kind kind) {
    CheckpointRef from = finish(trial(spec(kind))).getCheckpoints(2);
    TrialSpec.Builder second = spec(kind).setSeed(8);
    second
        .getStartBuilder()
        .getCheckpointBuilder()
        .setTrialId(from.getKey().split("/", -1)[1])
        .setEpoch(from.getEpoch());
    second.getOptimizerBuilder().clearMomentum();
    Trial whole = trial(second);
    TrialResult expected = finish(whole);
    byte[] begun = tensors(expected.getCheckpoints(0));
    assertThat(begun).containsExactly(Arrays.copyOf(tensors(from), begun.length));
    assertThat(tensors(expected.getCheckpoints(1))).isNotEqualTo(begun);
    Trial cut =
        new Trial("cut-" + whole.id(), "variant", whole.spec(), whole.train(), whole.validation());
    RunEnd end = run(cut, new Control(9), Duration.ofMinutes(1));
    assertThat(end).isInstanceOf(RunEnd.Stopped.class);
    stack.store().delete(from.getKey());
    assertSameBits(expected, finish(cut));
    assertThatThrownBy(() -> finish(trial(second)))
        .isInstanceOf(UnusableStartException.class)
        .hasMessageContaining("the checkpoint of epoch " + from.getEpoch() + " of trial")
        .hasMessageContaining("is gone");
  }

  @ParameterizedTest
  @CsvSource({"MLP, 0", "MLP, 1", "MLP, 2", "MLP, 3", "RESIDUAL, 0", "RESIDUAL, 2"})
  void run_killedAfterAnEpoch_resumesFromItsCheckpoint(Kind kind, int epoch) {
    Trial whole = trial(spec(kind));
    TrialResult expected = finish(whole);
    Trial killed =
        new Trial(
            "killed-" + whole.id(), "variant", whole.spec(), whole.train(), whole.validation());
    /* What a kill leaves: checkpoints up to that epoch, and no more. */
    for (int e = 0; e <= epoch; e++) {
      copyAs(whole.id(), killed.id(), e);
    }
    Control control = new Control(Long.MAX_VALUE);
    RunEnd end = run(killed, control, Duration.ofMinutes(1));
    assertThat(control.progress.get(0).getEpochsDone()).isEqualTo(epoch);
    assertSameBits(expected, ((RunEnd.Finished) end).result());
  }

  private static void copyAs(String from, String to, int epoch) {
    ObjectStore store = stack.store();
    String key = ArtifactKeys.checkpoint(from, epoch);
    try (CheckpointReader reader = new CheckpointReader(key, store.open(key, 0))) {
      CheckpointHeader.Builder header = reader.header().toBuilder().setTrialId(to);
      List<CheckpointRef> earlier = new ArrayList<>();
      for (CheckpointRef ref : header.getEarlierList()) {
        earlier.add(ref.toBuilder().setKey(ArtifactKeys.checkpoint(to, ref.getEpoch())).build());
      }
      header.clearEarlier().addAllEarlier(earlier);
      write(reader, header.build(), ArtifactKeys.checkpoint(to, epoch));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MLP", "RESIDUAL"})
  void run_sparseCadence_leavesOneResumePointWhichIsUsed(Kind kind) {
    TrialSpec.Builder spec = spec(kind);
    spec.getTrainingBuilder().setCheckpoints(CheckpointSpec.newBuilder().setEveryEpochs(0));
    Trial whole = trial(spec);
    TrialResult expected = finish(whole);
    assertThat(expected.getCheckpointsList().stream().map(CheckpointRef::getEpoch))
        .containsExactly(0, 4);
    Trial cut =
        new Trial(
            "sparse-" + whole.id(), "variant", whole.spec(), whole.train(), whole.validation());
    run(cut, new Control(30), Duration.ZERO);
    List<String> points = stack.store().list(ArtifactKeys.resumePoints(cut.id()), "", 10);
    assertThat(points).hasSize(1);
    Control second = new Control(Long.MAX_VALUE);
    RunEnd end = run(cut, second, Duration.ofMinutes(1));
    assertThat(second.progress.get(0).getStepsDone()).isGreaterThan(STEPS_PER_EPOCH);
    assertSameBits(expected, ((RunEnd.Finished) end).result());
  }

  @ParameterizedTest
  @EnumSource(names = {"MLP", "RESIDUAL"})
  void run_newestCheckpointDamaged_goesOnFromTheOneBeforeAndReplacesIt(Kind kind) {
    Trial trial = trial(spec(kind));
    TrialResult expected = finish(trial);
    String newest = ArtifactKeys.checkpoint(trial.id(), 4);
    byte[] bytes = stack.store().get(newest);
    bytes[bytes.length / 2] ^= 1;
    stack.store().put(newest, bytes);
    Control control = new Control(Long.MAX_VALUE);
    RunEnd end = run(trial, control, Duration.ofMinutes(1));
    assertThat(control.progress.get(0).getEpochsDone()).isEqualTo(3);
    assertSameBits(expected, ((RunEnd.Finished) end).result());
  }

  /** Not trained anew over what a newer worker has done. */
  @Test
  void run_newestCheckpointOfANewerEngine_isLeftAlone() throws IOException {
    Trial trial = trial(spec(Kind.MLP));
    finish(trial);
    String key = ArtifactKeys.checkpoint(trial.id(), 4);
    ByteArrayOutputStream newer = new ByteArrayOutputStream();
    try (CheckpointReader reader = CheckpointReader.open(stack.store(), key)) {
      CheckpointWriter.write(
          reader.header().toBuilder().setEngineVersion("999").build(),
          (t, values) -> System.arraycopy(reader.tensor(), 0, values, 0, values.length),
          newer);
    }
    stack.store().put(key, newer.toByteArray());
    assertThatExceptionOfType(OtherVersionException.class)
        .isThrownBy(() -> finish(trial))
        .withMessageContaining(key)
        .withMessageContaining("version 999 of the engine");
    assertThat(stack.store().get(key)).containsExactly(newer.toByteArray());
  }

  @Test
  void run_longAndCutOften_hasItsWholeHistory() {
    TrialSpec.Builder spec = spec(Kind.MLP);
    spec.getTrainingBuilder().setEpochs(40);
    Trial whole = trial(spec);
    TrialResult expected = finish(whole);
    Trial cut =
        new Trial("long-" + whole.id(), "variant", whole.spec(), whole.train(), whole.validation());
    RunEnd end = new RunEnd.Stopped();
    while (end instanceof RunEnd.Stopped) {
      end = run(cut, new Control(60), Duration.ZERO);
    }
    assertSameBits(expected, ((RunEnd.Finished) end).result());
  }

  @Test
  void run_historyPartDamagedOrGone_isWrittenAgain() {
    TrialSpec.Builder spec = spec(Kind.MLP);
    spec.getTrainingBuilder().setEpochs(34);
    Trial trial = trial(spec);
    TrialResult expected = finish(trial);
    String part = ArtifactKeys.historyPart(StoredMessage.historyPart(trial.id(), 16));
    byte[] sound = stack.store().get(part);
    byte[] flipped = sound.clone();
    flipped[flipped.length / 2] ^= 1;
    stack.store().put(part, flipped);
    assertSameBits(expected, finish(trial));
    assertThat(stack.store().get(part)).isEqualTo(sound);
    stack.store().delete(part);
    assertSameBits(expected, finish(trial));
    assertThat(stack.store().get(part)).isEqualTo(sound);
  }

  /** What versions before parts of histories wrote: all of it in each checkpoint. */
  @Test
  void run_resumedFromAWholeHistory_goesOnInParts() {
    TrialSpec.Builder spec = spec(Kind.MLP);
    spec.getTrainingBuilder().setEpochs(34);
    Trial whole = trial(spec);
    TrialResult expected = finish(whole);
    Trial old =
        new Trial("old-" + whole.id(), "variant", whole.spec(), whole.train(), whole.validation());
    for (int epoch = 0; epoch <= 20; epoch++) {
      copyWhole(expected, old.id(), epoch);
    }
    Control control = new Control(Long.MAX_VALUE);
    RunEnd end = run(old, control, Duration.ofMinutes(1));
    assertThat(control.progress.get(0).getEpochsDone()).isEqualTo(20);
    assertSameBits(expected, ((RunEnd.Finished) end).result());
  }

  private static void copyWhole(TrialResult from, String to, int epoch) {
    String key = ArtifactKeys.checkpoint(from.getTrialId(), epoch);
    try (CheckpointReader reader = new CheckpointReader(key, stack.store().open(key, 0))) {
      CheckpointHeader.Builder header =
          reader.header().toBuilder()
              .setTrialId(to)
              .clearHistoryFrom()
              .clearHistory()
              .addAllHistory(from.getHistoryList().subList(0, epoch + 1))
              .clearEarlier();
      for (CheckpointRef ref : from.getCheckpointsList().subList(0, epoch)) {
        header.addEarlier(ref.toBuilder().setKey(ArtifactKeys.checkpoint(to, ref.getEpoch())));
      }
      write(reader, header.build(), ArtifactKeys.checkpoint(to, epoch));
    }
  }

  private static void write(CheckpointReader reader, CheckpointHeader header, String key) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      CheckpointWriter.write(
          header,
          (t, values) -> System.arraycopy(reader.tensor(), 0, values, 0, values.length),
          out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    stack.store().putIfAbsent(key, out.toByteArray());
  }

  @ParameterizedTest
  @EnumSource(names = {"MLP", "RESIDUAL"})
  void run_earlierCheckpointsPruned_trainsThemAgain(Kind kind) {
    Trial trial = trial(spec(kind));
    TrialResult expected = finish(trial);
    for (int epoch = 0; epoch < 4; epoch++) {
      stack.store().delete(ArtifactKeys.checkpoint(trial.id(), epoch));
    }
    assertSameBits(expected, finish(trial));
  }

  @Test
  void run_plain_historyCountsPartsAndLearns() {
    TrialSpec.Builder spec = spec(Kind.MLP);
    spec.clearRegularization();
    spec.getTrainingBuilder().setEpochs(6);
    TrialResult result = finish(trial(spec));
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

  @ParameterizedTest
  @EnumSource(names = {"MLP", "RESIDUAL"})
  void run_accuracyAskedForReached_converges(Kind kind) {
    TrialSpec.Builder spec = spec(kind);
    spec.clearRegularization();
    spec.getTrainingBuilder().setEpochs(50).setStopAtAccuracy(0.7);
    TrialResult result = finish(trial(spec));
    assertThat(result.getOutcome()).isEqualTo(Outcome.CONVERGED);
    int last = result.getHistoryCount() - 1;
    assertThat(last).isBetween(1, 49);
    assertThat(result.getHistory(last).getTrain().getAccuracy()).isGreaterThanOrEqualTo(0.7);
    for (int e = 1; e < last; e++) {
      assertThat(result.getHistory(e).getTrain().getAccuracy()).isLessThan(0.7);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MLP", "RESIDUAL"})
  void run_stepCapInsideAnEpoch_endsThere(Kind kind) {
    TrialSpec.Builder spec = spec(kind);
    spec.getTrainingBuilder().setMaxSteps(11);
    TrialResult result = finish(trial(spec));
    assertThat(result.getOutcome()).isEqualTo(Outcome.CAP_REACHED);
    assertThat(result.getHistoryList().stream().map(EpochRecord::getSteps))
        .containsExactly(0L, 8L, 11L);
    assertThat(result.getCheckpoints(2).getSteps()).isEqualTo(11);
  }

  /** A residual network fits the classes, its blocks and their statistics stored by name. */
  @Test
  void run_residual_learnsAndKeepsItsBlocks() {
    TrialSpec.Builder spec = spec(Kind.RESIDUAL);
    spec.clearRegularization().getTrainingBuilder().setEpochs(10);
    TrialResult result = finish(trial(spec));
    assertThat(result.getHistory(10).getClean().getAccuracy()).isGreaterThan(0.9);
    assertThat(result.getHistory(10).getValidation().getAccuracy()).isGreaterThan(0.9);
    /* 3x3 from 1 and from 4 to 4 channels, two norms, 4x4x4 to 3 classes. */
    assertThat(result.getParameters()).isEqualTo(36 + 144 + 2 * 8 + 64 * 3 + 3);
    try (CheckpointReader reader =
        CheckpointReader.open(stack.store(), result.getCheckpoints(10).getKey())) {
      assertThat(reader.header().getTensorsList())
          .extracting(Tensor::getName)
          .contains("conv2/weights", "norm2/mean", "norm2/variance", "conv2/weights/momentum");
    }
  }

  /** Every optimiser learns, and its checkpoints name what it keeps. */
  @Test
  void run_adam_learnsAndKeepsItsMoments() {
    TrialSpec.Builder spec = spec(Kind.MLP);
    spec.clearRegularization().getTrainingBuilder().setEpochs(10);
    spec.getOptimizerBuilder().clearMomentum().setLearningRate(0.01).getAdamBuilder();
    TrialResult result = finish(trial(spec));
    assertThat(result.getHistory(10).getClean().getAccuracy()).isGreaterThan(0.95);
    try (CheckpointReader reader =
        CheckpointReader.open(stack.store(), result.getCheckpoints(10).getKey())) {
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
    TrialResult plain = finish(trial(spec));
    spec.getLossBuilder().getShiftedLogBuilder();
    spec.getOptimizerBuilder().getTriangleBuilder();
    TrialResult other = finish(trial(spec));
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
    TrialResult result = finish(trial(spec));
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
    TrialResult plain = finish(trial(spec));
    TrialResult adversarial = finish(trial(adversarial(spec)));
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
    TrialResult result = finish(trial);
    CheckpointRef last = result.getCheckpoints(result.getCheckpointsCount() - 1);
    int[] all = IntStream.range(0, 40).toArray();
    float[] pictures = new float[40 * 64];
    float[] logits = new float[40 * 3];
    trial.validation().inputs(all, 40, pictures);
    double loss = 0;
    try (CheckpointReader reader = CheckpointReader.open(stack.store(), last.getKey());
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
            finish(trial(spec.clearAugmentation())).getHistory(4).getTrain().getLoss(),
            within(1e-4));
  }

  @Test
  void run_adversarialOnTwoThreads_sameBitsTwice() {
    TrialSpec.Builder spec = adversarial(spec(Kind.MLP));
    spec.getTrainingBuilder().setEpochs(2).setThreads(2);
    assertSameBits(finish(trial(spec)), finish(trial(spec)));
  }

  @Test
  void run_withReplacement_stepsOfFullBatches() {
    TrialSpec.Builder spec = spec(Kind.MLP);
    spec.clearRegularization()
        .getTrainingBuilder()
        .setEpochs(6)
        .setSampling(TrainingSpec.Sampling.WITH_REPLACEMENT);
    TrialResult result = finish(trial(spec));
    assertThat(result.getHistoryList().stream().map(EpochRecord::getSteps))
        .containsExactly(0L, 8L, 16L, 24L, 32L, 40L, 48L);
    assertThat(result.getHistory(6).getClean().getAccuracy()).isGreaterThan(0.95);
  }
}
