package dev.rote.trainer.trials;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.traces.StoredTrace;
import dev.rote.artifacts.variants.VariantSplit;
import dev.rote.networks.Engine;
import dev.rote.runtime.Slots;
import dev.rote.spec.AdmittedTrial;
import dev.rote.spec.AugmentationChecks;
import dev.rote.spec.Numerics;
import dev.rote.spec.Versions;
import dev.rote.trainer.storage.StoredCheckpoints;
import dev.rote.trainer.storage.StoredNumerics;
import dev.rote.trainer.storage.StoredResults;
import dev.rote.trainer.storage.TakenTrialException;
import dev.rote.trainer.training.Examples;
import dev.rote.trainer.training.RecordedTrace;
import dev.rote.trainer.training.RunControl;
import dev.rote.trainer.training.RunEnd;
import dev.rote.trainer.training.Trace;
import dev.rote.trainer.training.Trial;
import dev.rote.trainer.training.TrialRun;
import dev.rote.v1.StartCheckpoint;
import dev.rote.v1.TrialProgress;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Trains trials, each at most once at a time in this process. */
public final class Trainer {
  private static final Logger LOG = Logger.getLogger(Trainer.class);
  private static final Duration GLANCE = Duration.ofMillis(200);

  private final ObjectStore store;
  private final StoredResults results;
  private final VariantSupply variants;
  private final Engine engine;
  private final Supplier<StoredNumerics> numerics;
  private final Slots slots;
  private final Path scratch;
  private final Duration resumeEvery;
  private final Map<String, ActiveTrial> active = new ConcurrentHashMap<>();

  /**
   * @param scratch directory for checkpoints on their way to the store
   * @param resumeEvery training that a killed trial may lose, about
   */
  public Trainer(
      ObjectStore store,
      VariantSupply variants,
      Engine engine,
      Slots slots,
      Path scratch,
      Duration resumeEvery) {
    this.store = store;
    this.results = new StoredResults(store);
    this.variants = variants;
    this.engine = engine;
    this.numerics = () -> new StoredNumerics(store, new Numerics(engine.numerics()));
    this.slots = slots;
    this.scratch = scratch;
    this.resumeEvery = resumeEvery;
  }

  /**
   * The stored result of a trial or, failing that, a new one, under its own id or, where another
   * family of numerics has that, its id within the family of this process.
   *
   * @param admission how to get a slot
   * @throws IllegalArgumentException if the model does not fit the data
   */
  public Answer trainHere(
      AdmittedTrial trial, Tracing tracing, Slots.Admission admission, RunControl control)
      throws InterruptedException {
    try {
      return train(trial, tracing, admission, control);
    } catch (TakenTrialException e) {
      return train(trial.within(numerics.get().here()), tracing, admission, control);
    }
  }

  /**
   * The stored result of a trial or, failing that, a new one; also where its trace is wanted and
   * not stored.
   *
   * @param admission how to get a slot
   * @throws IllegalArgumentException if the model does not fit the data
   * @throws NotReproducedException if a stored trial lacks its trace and ended elsewhere this time;
   *     then it has none
   * @throws TakenTrialException if another family of numerics has its id
   */
  public Answer train(
      AdmittedTrial trial, Tracing tracing, Slots.Admission admission, RunControl control)
      throws InterruptedException {
    return once(
        trial,
        tracing,
        control,
        relay -> {
          if (!slots.enter(admission, control::shouldStop)) {
            return new Answer.Stopped();
          }
          try {
            return trained(trial, tracing, relay);
          } finally {
            slots.release();
          }
        });
  }

  /** Trains a trial that nobody else trains. */
  private interface Training {
    Answer run(RunControl relay) throws InterruptedException;
  }

  /** The stored result, or that of a training which runs once at a time. */
  private Answer once(AdmittedTrial trial, Tracing tracing, RunControl control, Training training)
      throws InterruptedException {
    String id = trial.id().value();
    StoredNumerics own = numerics.get();
    while (true) {
      Optional<TrialResult> stored =
          results.reusable(id, own).filter(result -> tracing == Tracing.OFF || hasTrace(result));
      if (stored.isPresent()) {
        return new Answer.Done(stored.get(), true);
      }
      ActiveTrial mine = new ActiveTrial();
      ActiveTrial other = active.putIfAbsent(id, mine);
      if (other == null) {
        try {
          return training.run(new Relay(control, mine));
        } finally {
          active.remove(id, mine);
          mine.end();
        }
      }
      if (!follow(other, control)) {
        return new Answer.Stopped();
      }
    }
  }

  private boolean hasTrace(TrialResult result) {
    int examples = Math.toIntExact(result.getHistory(0).getTrain().getExamples());
    int last = result.getHistoryCount() - 1;
    return new StoredTrace(store, result.getTrialId(), examples).wholeThrough() >= last;
  }

  /** Waits for a run of someone else's; false when asked to stop first. */
  private static boolean follow(ActiveTrial other, RunControl control) throws InterruptedException {
    long seen = -1;
    while (true) {
      ActiveTrial.View view = other.await(seen, GLANCE);
      if (view.change() > seen) {
        view.progress().ifPresent(control::progress);
        seen = view.change();
      }
      if (view.ended()) {
        return true;
      }
      if (control.shouldStop()) {
        return false;
      }
    }
  }

  /** In a slot that is taken. */
  private Answer trained(AdmittedTrial admitted, Tracing tracing, RunControl control)
      throws InterruptedException {
    String id = admitted.id().value();
    String variantId = admitted.variant().id().value();
    variants.ensure(admitted.variant());
    Examples train = variants.examples(variantId, VariantSplit.TRAIN);
    AugmentationChecks.require(admitted.spec(), train.shape());
    variants.ensureStart(admitted.spec(), train);
    if (!remakeStart(admitted.spec(), control)) {
      return new Answer.Stopped();
    }
    Trial trial =
        new Trial(
            id,
            variantId,
            admitted.spec(),
            train,
            variants.examples(variantId, VariantSplit.VALIDATION));
    RunEnd end =
        new TrialRun(
                trial,
                engine,
                new StoredCheckpoints(store, scratch, engine.numerics()),
                tracing == Tracing.ON ? trace(trial) : Trace.NONE,
                control,
                resumeEvery,
                System::nanoTime)
            .run();
    if (end instanceof RunEnd.Finished finished) {
      TrialResult result = results.keep(finished.result());
      /* A worker from before families had names may have stored one meanwhile. */
      numerics.get().require(result);
      if (tracing == Tracing.ON) {
        requireSame(result, finished.result());
      }
      LOG.infof(
          "trial %s: %s after %d epochs", id, result.getOutcome(), result.getHistoryCount() - 1);
      return new Answer.Done(result, false);
    }
    LOG.infof("trial %s: stopped, to be resumed", id);
    return new Answer.Stopped();
  }

  /**
   * Trains the trial again whose checkpoint this one starts from, if the checkpoint is gone and a
   * stored result says which trial that was.
   *
   * @return false when asked to stop first
   */
  private boolean remakeStart(TrialSpec spec, RunControl control) throws InterruptedException {
    StartCheckpoint from = spec.getStart().getCheckpoint();
    if (!spec.getStart().hasCheckpoint()
        || store.size(ArtifactKeys.checkpoint(from.getTrialId(), from.getEpoch())).isPresent()) {
      return true;
    }
    StoredNumerics own = numerics.get();
    Optional<AdmittedTrial> known =
        results
            .find(from.getTrialId())
            .filter(own::counts)
            .map(result -> AdmittedTrial.of(Versions.CURRENT, result.getSpec()))
            .flatMap(
                trial ->
                    Stream.of(trial, trial.within(own.here()))
                        .filter(one -> one.id().value().equals(from.getTrialId()))
                        .findFirst());
    if (known.isEmpty()) {
      return true;
    }
    LOG.infof(
        "trial %s: its checkpoint of epoch %d is gone and another starts from it, trained again",
        from.getTrialId(), from.getEpoch());
    Answer answer =
        once(
            known.get(),
            Tracing.OFF,
            quiet(control),
            relay -> trained(known.get(), Tracing.OFF, relay));
    return answer instanceof Answer.Done;
  }

  /** Stops as another, and tells nothing of its progress. */
  private static RunControl quiet(RunControl control) {
    return new RunControl() {
      @Override
      public boolean shouldStop() {
        return control.shouldStop();
      }

      @Override
      public void progress(TrialProgress newest) {
        // It is of another trial than the one that was asked for.
      }
    };
  }

  private Trace trace(Trial trial) {
    StoredTrace stored = new StoredTrace(store, trial.id(), trial.train().count());
    return new RecordedTrace(trial, stored, scratch);
  }

  /** A trace is of the result that is stored, or is none. */
  private void requireSame(TrialResult stored, TrialResult made) {
    try {
      NotReproducedException.requireSame(stored, made);
    } catch (NotReproducedException e) {
      StoredTrace.delete(store, stored.getTrialId());
      throw e;
    }
  }

  /** The trial that this process is training under the id. */
  public Optional<ActiveTrial> active(String trialId) {
    return Optional.ofNullable(active.get(trialId));
  }

  /** The stored result of a trial. */
  public Optional<TrialResult> result(String trialId) {
    return results.find(trialId);
  }

  private record Relay(RunControl control, ActiveTrial active) implements RunControl {
    @Override
    public boolean shouldStop() {
      return control.shouldStop();
    }

    @Override
    public void progress(TrialProgress newest) {
      active.progress(newest);
      control.progress(newest);
    }
  }
}
