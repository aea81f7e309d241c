package dev.rote.trainer.training;

import dev.rote.networks.Engine;
import dev.rote.networks.Logits;
import dev.rote.networks.Network;
import dev.rote.recipes.Recipe;
import dev.rote.spec.SemanticVersions;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.Shape;
import dev.rote.v1.Tensor;
import dev.rote.v1.TrialProgress;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialResult.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One training run: initialise or resume, then epochs of steps, each followed by an evaluation,
 * until a cap, convergence or divergence.
 */
public final class TrialRun {
  private static final double NANOS = 1e-9;

  private final Trial trial;
  private final Engine engine;
  private final Checkpoints checkpoints;
  private final Trace trace;
  private final RunControl control;
  private final Duration resumeEvery;
  private final LongSupplier nanoTime;

  private TrialState state = TrialState.initial();
  private long clockAt;
  private long persistedAt;
  private long persistedSteps = -1;

  /**
   * @param trace of its training examples
   * @param resumeEvery work between two checkpoints that a killed run may lose, about
   */
  public TrialRun(
      Trial trial,
      Engine engine,
      Checkpoints checkpoints,
      Trace trace,
      RunControl control,
      Duration resumeEvery,
      LongSupplier nanoTime) {
    this.trial = trial;
    this.engine = engine;
    this.checkpoints = checkpoints;
    this.trace = trace;
    this.control = control;
    this.resumeEvery = resumeEvery;
    this.nanoTime = nanoTime;
  }

  /**
   * Trains to the end, or until asked to stop.
   *
   * @throws IllegalArgumentException if the model does not fit the data
   */
  public RunEnd run() {
    clockAt = nanoTime.getAsLong();
    persistedAt = clockAt;
    try (Network network =
        engine.create(trial.blueprint(), Recipe.of(trial.spec()), trial.training().getThreads())) {
      try {
        Evaluator evaluator = new Evaluator(network);
        start(network, evaluator);
        Descent descent = new Descent(trial, network, trace);
        Optional<Outcome> ending = trial.endingAfter(state.last());
        while (ending.isEmpty()) {
          trainEpoch(network, descent, state.epoch() + 1);
          finishEpoch(network, evaluator, state.epoch() + 1);
          ending = trial.endingAfter(state.last());
        }
        checkpoints.forgetResume(trial.id());
        return new RunEnd.Finished(result(network, ending.get()));
      } catch (StoppedException e) {
        /* A diverged epoch is not resumed inside: it would end elsewhere. */
        boolean resumable = !state.history().isEmpty() && !state.diverged();
        if (resumable && persistedSteps != state.steps()) {
          keepForResume(network);
        }
        return new RunEnd.Stopped();
      }
    }
  }

  private void start(Network network, Evaluator evaluator) throws StoppedException {
    Optional<Checkpoints.Resumed> resumed = checkpoints.resume(trial, network, trace);
    if (resumed.isPresent()) {
      state = TrialState.of(resumed.get());
      persistedSteps = state.steps();
      report();
      return;
    }
    network.initialize(trial.spec().getSeed(), trial.spec().getModel().getInitialization());
    checkpoints.begin(trial, network);
    InputStatistics.write(network, trial.spec().getModel(), trial.train(), control::shouldStop);
    finishEpoch(network, evaluator, 0);
  }

  private void trainEpoch(Network network, Descent descent, int epoch) throws StoppedException {
    long end = trial.schedule().stepsAfter(epoch);
    while (state.steps() < end) {
      if (control.shouldStop()) {
        throw new StoppedException();
      }
      double loss = descent.step(state.steps());
      state.stepDone();
      if (!Double.isFinite(loss)) {
        state.setDiverged();
        return;
      }
      if (nanoTime.getAsLong() - persistedAt > resumeEvery.toNanos()) {
        keepForResume(network);
      }
    }
  }

  private void finishEpoch(Network network, Evaluator evaluator, int epoch)
      throws StoppedException {
    Evaluation train = evaluator.evaluate(trial.train(), traced(epoch), control::shouldStop);
    Evaluation validation =
        evaluator.evaluate(trial.validation(), Evaluator.NOBODY, control::shouldStop);
    state
        .history()
        .add(
            EpochRecord.newBuilder()
                .setEpoch(epoch)
                .setSteps(state.steps())
                .setTrain(train.all())
                .setCorrupted(train.corrupted())
                .setClean(train.clean())
                .setValidation(validation.all())
                .setLearningRate(epoch == 0 ? 0 : trial.schedule().learningRate(state.steps() - 1))
                .build());
    if (trial.keepsCheckpointOf(epoch) || trial.endingAfter(state.last()).isPresent()) {
      state.kept().add(checkpoints.keep(header(network), state.behind(), network));
      persisted();
    }
    report();
  }

  private Evaluator.Rows traced(int epoch) {
    if (trace == Trace.NONE) {
      return Evaluator.NOBODY;
    }
    int classes = trial.train().classes();
    return (example, predicted, loss, logits, offset) -> {
      int label = trial.train().label(example);
      trace.evaluated(
          epoch, example, predicted, loss, Logits.margin(logits, offset, classes, label));
    };
  }

  private void keepForResume(Network network) {
    CheckpointHeader header = header(network);
    trace.keepForResume(header);
    checkpoints.keepForResume(header, state.behind(), network);
    persisted();
  }

  private void persisted() {
    persistedAt = nanoTime.getAsLong();
    persistedSteps = state.steps();
  }

  private CheckpointHeader header(Network network) {
    long now = nanoTime.getAsLong();
    state.addSeconds((now - clockAt) * NANOS);
    clockAt = now;
    Shape shape = trial.train().shape();
    return CheckpointHeader.newBuilder()
        .setTrialId(trial.id())
        .setEngineVersion(SemanticVersions.ENGINE)
        .setEpoch(state.epoch())
        .setSteps(state.steps())
        .setModel(trial.spec().getModel())
        .setInput(
            Tensor.newBuilder()
                .setName("input")
                .addAllShape(List.of(shape.getChannels(), shape.getHeight(), shape.getWidth())))
        .setClasses(trial.train().classes())
        .addAllTensors(network.tensors())
        .setTrainingSeconds(state.seconds())
        .setSeed(trial.spec().getSeed())
        .setNumerics(engine.numerics())
        .build();
  }

  private void report() {
    control.progress(
        TrialProgress.newBuilder()
            .setTrialId(trial.id())
            .setEpochsDone(state.epoch())
            .setEpochsTotal(trial.training().getEpochs())
            .setStepsDone(state.steps())
            .setLastEpoch(state.last())
            .build());
  }

  private TrialResult result(Network network, Outcome outcome) {
    state.addSeconds((nanoTime.getAsLong() - clockAt) * NANOS);
    return TrialResult.newBuilder()
        .setTrialId(trial.id())
        .setVariantId(trial.variantId())
        .setSpec(trial.spec())
        .setOutcome(outcome)
        .addAllHistory(state.history())
        .addAllCheckpoints(state.kept())
        .setTrainingSeconds(state.seconds())
        .setBackend(engine.description())
        .setNumerics(engine.numerics())
        .setParameters(network.parameters())
        .setDivergedAtEpoch(outcome == Outcome.DIVERGED ? state.epoch() : 0)
        .build();
  }
}
