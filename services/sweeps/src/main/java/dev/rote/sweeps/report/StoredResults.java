package dev.rote.sweeps.report;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.figures.study.CellResults;
import dev.rote.figures.study.StudyResults;
import dev.rote.sweeps.workflow.SweepPlan;
import dev.rote.v1.Measurement;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrialResult;
import dev.rote.workqueue.WorkContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongPredicate;

/**
 * The results of a sweep in object storage, read cell by cell while the work is still wanted, those
 * of the next few trials ahead. A cell that failed or was cancelled has none; one that is done must
 * have all.
 */
final class StoredResults implements StudyResults, AutoCloseable {
  private static final int READ_AHEAD = 16;
  private static final int THREADS = 4;

  private final Sweep sweep;
  private final SweepPlan plan;
  private final LongPredicate ended;
  private final ObjectStore store;
  private final WorkContext context;
  private final ExecutorService readers = Executors.newFixedThreadPool(THREADS);
  private final Deque<Future<StoredCell>> ahead = new ArrayDeque<>();
  private long next;

  /**
   * @param ended whether the cell of an index failed or was cancelled
   */
  StoredResults(
      Sweep sweep, SweepPlan plan, LongPredicate ended, ObjectStore store, WorkContext context) {
    this.sweep = sweep;
    this.plan = plan;
    this.ended = ended;
    this.store = store;
    this.context = context;
  }

  @Override
  public Sweep sweep() {
    return sweep;
  }

  @Override
  public long cells() {
    return plan.size();
  }

  /**
   * {@inheritDoc}
   *
   * @throws CancellationException when the report is not wanted any more
   */
  @Override
  public CellResults cell(long index) {
    if (context.shouldStop()) {
      throw new CancellationException("told to " + context.order());
    }
    if (index + ahead.size() != next) {
      ahead.forEach(cell -> cell.cancel(true));
      ahead.clear();
      next = index;
    }
    while (ahead.size() < READ_AHEAD && next < plan.size()) {
      long following = next++;
      ahead.add(readers.submit(() -> read(plan.cell(following))));
    }
    return await(ahead.remove());
  }

  private static StoredCell await(Future<StoredCell> cell) {
    try {
      return cell.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while reading results");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a result could not be read", e);
    }
  }

  private StoredCell read(SweepPlan.Cell cell) {
    Optional<TrialResult> result = StoredMessage.TRIAL_RESULT.find(store, cell.trialId());
    if (result.isEmpty() && !ended.test(cell.index())) {
      throw missing(cell, ArtifactKeys.trialResult(cell.trialId()));
    }
    return new StoredCell(cell, result);
  }

  @Override
  public void close() {
    readers.shutdownNow();
  }

  private final class StoredCell implements CellResults {
    private final SweepPlan.Cell cell;
    private final Optional<TrialResult> trial;

    StoredCell(SweepPlan.Cell cell, Optional<TrialResult> trial) {
      this.cell = cell;
      this.trial = trial;
    }

    @Override
    public Map<String, String> labels() {
      return cell.labels();
    }

    @Override
    public int repetition() {
      return cell.repetition();
    }

    @Override
    public Optional<TrialResult> trial() {
      return trial;
    }

    @Override
    public Optional<Measurement> measurement(String name) {
      return cell.measures().stream()
          .filter(measure -> measure.spec().getName().equals(name))
          .findFirst()
          .flatMap(this::measurement);
    }

    private Optional<Measurement> measurement(SweepPlan.Measure measure) {
      Optional<Measurement> found = StoredMessage.MEASUREMENT.find(store, measure.measurementId());
      if (found.isEmpty() && !ended.test(cell.index()) && !diverged()) {
        throw missing(cell, ArtifactKeys.measurement(measure.measurementId()));
      }
      return found;
    }

    /** A trial that diverged may have had nothing to measure. */
    private boolean diverged() {
      return trial()
          .filter(result -> result.getOutcome() == TrialResult.Outcome.DIVERGED)
          .isPresent();
    }
  }

  private static MissingResultException missing(SweepPlan.Cell cell, String key) {
    return new MissingResultException(
        "the object " + key + " of trial " + cell.index() + ", which is done, is gone");
  }
}
