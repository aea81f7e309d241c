package dev.rote.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.artifacts.traces.StoredTrace;
import dev.rote.checkpoints.CheckpointNetwork;
import dev.rote.networks.Logits;
import dev.rote.networks.Network;
import dev.rote.networks.StepSettings;
import dev.rote.networks.Targets;
import dev.rote.recipes.Batches;
import dev.rote.recipes.CrossEntropy;
import dev.rote.recipes.Recipe;
import dev.rote.spec.SweepDefaults;
import dev.rote.testkit.TestStack;
import dev.rote.trainer.storage.StoredCheckpoints;
import dev.rote.trainer.training.MadeTrials.Kind;
import dev.rote.trainer.training.StoredRuns.Control;
import dev.rote.v1.TraceBlock;
import dev.rote.v1.TracePass;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Traces of runs on tiny data, in a real object store. */
@SuppressWarnings("NullAway.Init")
class TracedRunIT {
  private static final int N = 100;
  private static final int CLASSES = 3;
  private static TestStack stack;

  @BeforeAll
  static void start() {
    stack = new TestStack();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  private static StoredTrace stored(Trial trial) {
    return new StoredTrace(stack.store(), trial.id(), trial.train().count());
  }

  private static RunEnd run(Trial trial, boolean traced, RunControl control, Duration resumeEvery) {
    StoredCheckpoints checkpoints =
        new StoredCheckpoints(stack.store(), stack.cache(), EngineUnderTest.open().numerics());
    Trace trace = traced ? new RecordedTrace(trial, stored(trial), stack.cache()) : Trace.NONE;
    return new TrialRun(
            trial,
            EngineUnderTest.open(),
            checkpoints,
            trace,
            control,
            resumeEvery,
            System::nanoTime)
        .run();
  }

  private static TrialResult finish(Trial trial, boolean traced) {
    RunEnd end = run(trial, traced, new Control(Long.MAX_VALUE), Duration.ofMinutes(1));
    return ((RunEnd.Finished) end).result();
  }

  private static Trial as(String id, Trial trial) {
    return new Trial(id, "variant", trial.spec(), trial.train(), trial.validation());
  }

  /** Blocks by epoch and number, without the trial's name. */
  private static Map<String, TraceBlock> blocks(Trial trial) {
    Map<String, TraceBlock> blocks = new LinkedHashMap<>();
    String prefix = ArtifactKeys.trace(trial.id());
    for (String key : stack.store().list(prefix, "", 1000)) {
      String number = key.substring(prefix.length());
      TraceBlock block =
          StoredMessage.TRACE_BLOCK.read(trial.id() + "/" + number, stack.store().get(key));
      blocks.put(number, block.toBuilder().clearTrialId().build());
    }
    return blocks;
  }

  static Stream<Arguments> specs() {
    return Stream.concat(TrialRunIT.specs(), ResidualRunIT.specs());
  }

  /** A trace costs no bit, and is the same wherever runs were stopped. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("specs")
  void run_stoppedAnywhereAndResumed_sameTrace(String name, TrialSpec.Builder spec) {
    Trial whole = MadeTrials.trial(spec);
    TrialResult expected = finish(whole, true);
    assertThat(finish(as("plain-" + whole.id(), whole), false).getHistoryList())
        .isEqualTo(expected.getHistoryList());
    assertThat(blocks(whole)).hasSize(5);
    Trial cut = as("cut-" + whole.id(), whole);
    RunEnd end = new RunEnd.Stopped();
    int lives = 0;
    for (int questions = 1; end instanceof RunEnd.Stopped; questions = (questions + 3) % 11) {
      end = run(cut, true, new Control(questions), Duration.ofMinutes(1));
      lives++;
    }
    assertThat(lives).isGreaterThan(5);
    assertThat(((RunEnd.Finished) end).result().getHistoryList())
        .isEqualTo(expected.getHistoryList());
    assertThat(blocks(cut)).isEqualTo(blocks(whole));
    assertThat(stack.store().list(ArtifactKeys.resumePoints(cut.id()), "", 10)).isEmpty();
  }

  /** Resume points after each step, and in the end the last one alone with what belongs to it. */
  @Test
  void run_killedAfterAResumePoint_sameTrace() {
    Trial whole = MadeTrials.trial(MadeTrials.spec(Kind.MLP));
    finish(whole, true);
    Trial killed = as("killed-" + whole.id(), whole);
    Control control = new Control(13);
    run(killed, true, control, Duration.ZERO);
    List<String> kept = stack.store().list(ArtifactKeys.resumePoints(killed.id()), "", 10);
    assertThat(kept).hasSize(2);
    assertThat(kept.get(1)).isEqualTo(kept.get(0) + "-trace-00000");
    byte[] flipped = stack.store().get(kept.get(1));
    flipped[flipped.length / 2] ^= 1;
    stack.store().put(kept.get(1), flipped);
    finish(killed, true);
    assertThat(blocks(killed)).isEqualTo(blocks(whole));
    assertThat(stack.store().list(ArtifactKeys.resumePoints(killed.id()), "", 10)).isEmpty();
  }

  /** A trial without a trace is trained again from its start; with a part of one, from there. */
  @Test
  void run_trialThatHasNoTrace_isTrainedAgainToTheSameBits() {
    Trial trial = MadeTrials.trial(MadeTrials.spec(Kind.CNN));
    TrialResult without = finish(trial, false);
    assertThat(stored(trial).wholeThrough()).isEqualTo(-1);
    Control control = new Control(Long.MAX_VALUE);
    run(trial, true, control, Duration.ofMinutes(1));
    assertThat(control.first().getEpochsDone()).isZero();
    assertThat(stored(trial).wholeThrough()).isEqualTo(4);
    Map<String, TraceBlock> blocks = blocks(trial);
    String gone = ArtifactKeys.trace(trial.id()) + "0000003/00000";
    stack.store().delete(gone);
    assertThat(stored(trial).wholeThrough()).isEqualTo(2);
    Control again = new Control(Long.MAX_VALUE);
    RunEnd end = run(trial, true, again, Duration.ofMinutes(1));
    assertThat(again.first().getEpochsDone()).isEqualTo(2);
    assertThat(((RunEnd.Finished) end).result().getHistoryList())
        .isEqualTo(without.getHistoryList());
    assertThat(blocks(trial)).isEqualTo(blocks);
  }

  /** The ends of epochs are what networks of the checkpoints say of the pictures themselves. */
  @Test
  void trace_endOfEpochs_isThatOfTheCheckpoints() {
    TrialSpec.Builder spec = MadeTrials.spec(Kind.CNN);
    spec.getAugmentationBuilder().getHorizontalFlipBuilder();
    Trial trial = MadeTrials.trial(spec);
    TrialResult result = finish(trial, true);
    for (int epoch = 0; epoch <= 4; epoch++) {
      TracePass end = stored(trial).block(epoch, 0).getEpochEnd();
      String key = result.getCheckpoints(epoch).getKey();
      float[] logits = new float[N * CLASSES];
      try (CheckpointReader reader = CheckpointReader.open(stack.store(), key);
          Network network =
              CheckpointNetwork.open(reader, EngineUnderTest.open(), CrossEntropy.PLAIN, 1)) {
        network.logits(inputs(trial, IntStream.range(0, N).toArray(), N), N, logits);
      }
      for (int i = 0; i < N; i++) {
        assertSaid(end, i, logits, i, trial.train().label(i));
      }
      double right = 0;
      for (int i = 0; i < N; i++) {
        right += end.getPredictions(i) - 1 == trial.train().label(i) ? 1.0 / N : 0;
      }
      assertThat(right).isCloseTo(result.getHistory(epoch).getTrain().getAccuracy(), within(1e-9));
    }
  }

  private static float[] inputs(Trial trial, int[] indices, int n) {
    float[] inputs = new float[n * trial.blueprint().inputLength()];
    trial.train().inputs(indices, n, inputs);
    return inputs;
  }

  private static void assertSaid(TracePass pass, int i, float[] logits, int row, int label) {
    int offset = row * CLASSES;
    double largest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int best = 0;
    for (int k = 0; k < CLASSES; k++) {
      sum += Math.exp(logits[offset + k]);
      best = logits[offset + k] > logits[offset + best] ? k : best;
      largest = k == label ? largest : Math.max(largest, logits[offset + k]);
    }
    double z = logits[offset + label];
    assertThat((double) pass.getMargins(i)).isCloseTo(z - largest, within(1e-4));
    assertThat((double) pass.getLosses(i)).isCloseTo(Math.log(sum) - z, within(1e-4));
    assertThat(pass.getPredictions(i)).isEqualTo(best + 1);
  }

  /** A network that is stepped beside the run says the same of each batch, before it takes it. */
  @Test
  void trace_presentations_areThoseBeforeEachUpdate() {
    TrialSpec.Builder spec = MadeTrials.spec(Kind.MLP);
    spec.clearRegularization().getTrainingBuilder().setMaxSteps(21);
    Trial trial = MadeTrials.trial(spec);
    TrialResult result = finish(trial, true);
    assertThat(result.getHistoryCount()).isEqualTo(4);
    assertThat(stored(trial).block(0, 0).hasPresentation()).isFalse();
    Batches batches = Batches.of(trial.spec(), N);
    try (Network network =
        EngineUnderTest.open().create(trial.blueprint(), Recipe.of(trial.spec()), 1)) {
      network.initialize(trial.spec().getSeed(), trial.spec().getModel().getInitialization());
      int[] indices = new int[batches.largest()];
      for (int epoch = 1; epoch <= 3; epoch++) {
        List<Integer> left = new ArrayList<>(IntStream.range(0, N).boxed().toList());
        TracePass pass = stored(trial).block(epoch, 0).getPresentation();
        for (long s = trial.schedule().stepsAfter(epoch - 1);
            s < trial.schedule().stepsAfter(epoch);
            s++) {
          int n = batches.take(s, indices);
          float[] inputs = inputs(trial, indices, n);
          float[] logits = new float[n * CLASSES];
          network.logits(inputs, n, logits);
          int[] labels = new int[n];
          for (int i = 0; i < n; i++) {
            labels[i] = trial.train().label(indices[i]);
            assertSaid(pass, indices[i], logits, i, labels[i]);
            left.remove((Integer) indices[i]);
          }
          StepSettings settings =
              new StepSettings(
                  trial.schedule().learningRate(s),
                  trial.schedule().momentum(s),
                  trial.spec().getRegularization(),
                  trial.spec().getSeed(),
                  s);
          network.step(inputs, Targets.mean(labels, n), settings);
        }
        /* The last epoch ends after five of its eight steps. */
        assertThat(left).hasSize(epoch < 3 ? 0 : N - 5 * 13);
        for (int i : left) {
          assertThat(pass.getMargins(i)).isNaN();
          assertThat(pass.getLosses(i)).isNaN();
          assertThat(pass.getPredictions(i)).isZero();
        }
      }
    }
  }

  @Test
  void trace_presentationThatIsNotDefined_isLeftOut() {
    TrialSpec.Builder replaced = MadeTrials.spec(Kind.MLP);
    replaced.getTrainingBuilder().setSampling(TrainingSpec.Sampling.WITH_REPLACEMENT);
    for (TrialSpec.Builder spec : List.of(replaced, MadeTrials.mixed(MadeTrials.spec(Kind.CNN)))) {
      Trial trial = MadeTrials.trial(spec);
      finish(trial, true);
      for (int epoch = 0; epoch <= 4; epoch++) {
        TraceBlock block = stored(trial).block(epoch, 0);
        assertThat(block.getEpochEnd().getMarginsCount()).isEqualTo(N);
        assertThat(block.hasPresentation()).isFalse();
      }
    }
  }

  @Test
  void trace_ofADivergedRun_saysNothingOfItsLastEpoch() {
    TrialSpec.Builder spec = MadeTrials.spec(Kind.MLP);
    spec.getOptimizerBuilder().setLearningRate(1e30);
    Trial trial = MadeTrials.trial(spec);
    assertThat(finish(trial, true).getDivergedAtEpoch()).isEqualTo(1);
    assertThat(stored(trial).wholeThrough()).isEqualTo(1);
    TracePass end = stored(trial).block(1, 0).getEpochEnd();
    assertThat(end.getMarginsList()).allMatch(margin -> margin.isNaN());
    assertThat(end.getPredictionsList()).containsOnly(0);
  }

  /** More examples than a block has, killed in the second epoch. */
  @Test
  void trace_ofManyExamples_liesInBlocks() {
    int n = StoredTrace.BLOCK + 700;
    TrialSpec.Builder spec = MadeTrials.spec(Kind.MLP);
    spec.clearRegularization().getTrainingBuilder().setEpochs(2).setBatchSize(4096);
    Trial whole =
        new Trial(
            "many",
            "variant",
            SweepDefaults.fill(spec.build()),
            MadeExamples.flat(n, 4, CLASSES, "train"),
            MadeExamples.flat(40, 4, CLASSES, "validation"));
    TrialResult expected = finish(whole, true);
    assertThat(blocks(whole)).hasSize(6).containsKeys("0000002/00000", "0000002/00001");
    TracePass rest = stored(whole).block(2, 1).getPresentation();
    assertThat(rest.getMarginsList()).hasSize(700).noneMatch(margin -> margin.isNaN());
    Trial cut = as("many-cut", whole);
    RunEnd end = new RunEnd.Stopped();
    while (end instanceof RunEnd.Stopped) {
      end = run(cut, true, new Control(290), Duration.ofMinutes(1));
    }
    assertThat(((RunEnd.Finished) end).result().getHistoryList())
        .isEqualTo(expected.getHistoryList());
    assertThat(blocks(cut)).isEqualTo(blocks(whole));
  }

  @Test
  void margin_isTheDistanceToTheBestOther() {
    float[] logits = {9, 1, 5, 4, 9, Float.NaN, 2};
    assertThat(Logits.margin(logits, 1, 3, 1)).isEqualTo(1);
    assertThat(Logits.margin(logits, 1, 3, 0)).isEqualTo(-4);
    assertThat(Logits.margin(logits, 0, 1, 0)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Logits.margin(logits, 4, 3, 0)).isNaN();
  }
}
