package dev.rote.sweeps.report;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.artifacts.traces.StoredTrace;
import dev.rote.artifacts.variants.VariantReader;
import dev.rote.artifacts.variants.VariantSplit;
import dev.rote.figures.study.CellResults;
import dev.rote.figures.study.ExamplePicture;
import dev.rote.figures.study.Fate;
import dev.rote.figures.study.StudyResults;
import dev.rote.figures.study.TrialTrace;
import dev.rote.spec.AdmittedMeasurement;
import dev.rote.sweeps.workflow.SweepPlan;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.Measurement;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrialResult;
import dev.rote.v1.VariantManifest;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * The results of a sweep in object storage, read cell by cell while the work is still wanted, those
 * of the next few trials ahead. A cell that failed, was cancelled or is under way may have none;
 * one that is done must have all.
 */
final class StoredResults implements StudyResults, AutoCloseable {
  private static final int READ_AHEAD = 16;
  private static final int THREADS = 4;

  private final Sweep sweep;
  private final CellsToRun cells;
  private final CellEnds ends;
  private final ObjectStore store;
  private final BooleanSupplier stopped;
  private final ExecutorService readers = Executors.newFixedThreadPool(THREADS);
  private final Deque<Future<StoredCell>> ahead = new ArrayDeque<>();
  private long next;

  /**
   * @param ends what became of the cells
   * @param stopped whether nobody wants the results any more
   */
  StoredResults(
      Sweep sweep, CellsToRun cells, CellEnds ends, ObjectStore store, BooleanSupplier stopped) {
    this.sweep = sweep;
    this.cells = cells;
    this.ends = ends;
    this.store = store;
    this.stopped = stopped;
  }

  @Override
  public Sweep sweep() {
    return sweep;
  }

  @Override
  public long cells() {
    return cells.size();
  }

  /**
   * {@inheritDoc}
   *
   * @throws CancellationException when the report is not wanted any more
   */
  @Override
  public CellResults cell(long index) {
    if (stopped.getAsBoolean()) {
      throw new CancellationException("the report is not wanted any more");
    }
    if (index + ahead.size() != next) {
      ahead.forEach(cell -> cell.cancel(true));
      ahead.clear();
      next = index;
    }
    while (ahead.size() < READ_AHEAD && next < cells.size()) {
      long following = next++;
      ahead.add(readers.submit(() -> read(cells.cell(following))));
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

  private StoredCell read(SweepPlan.Cell planned) {
    /* How it stands comes first: of a trial that ends just now the result may be there later. */
    CellEnds.Standing standing = ends.of(planned);
    String trialId = standing.cell().trial().id().value();
    Optional<TrialResult> result =
        StoredMessage.TRIAL_RESULT.find(store, trialId).filter(standing::counts);
    if (result.isEmpty() && standing.isDone()) {
      throw missing(standing.cell(), ArtifactKeys.trialResult(trialId));
    }
    return new StoredCell(standing, result);
  }

  @Override
  public void close() {
    readers.shutdownNow();
  }

  private final class StoredCell implements CellResults {
    private final SweepPlan.Cell cell;
    private final CellEnds.Standing standing;
    private final Optional<TrialResult> trial;

    StoredCell(CellEnds.Standing standing, Optional<TrialResult> trial) {
      this.cell = standing.cell();
      this.standing = standing;
      this.trial = trial;
    }

    @Override
    public Map<String, String> labels() {
      return cell.labels();
    }

    @Override
    public long index(long position) {
      return cell.index();
    }

    @Override
    public int repetition() {
      return cell.repetition();
    }

    @Override
    public Fate.End end() {
      return standing.end();
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

    @Override
    public Optional<TrialTrace> trace() {
      return trial.flatMap(StoredResults.this::trace);
    }

    private Optional<Measurement> measurement(AdmittedMeasurement measure) {
      Optional<Measurement> found = StoredMessage.MEASUREMENT.find(store, measure.id().value());
      if (found.isEmpty() && standing.isDone() && ends.needs(measure.id().value(), trial)) {
        throw missing(cell, ArtifactKeys.measurement(measure.id().value()));
      }
      return found;
    }
  }

  private Optional<TrialTrace> trace(TrialResult trial) {
    String variantId = trial.getVariantId();
    Optional<VariantManifest> manifest = VariantReader.find(store, variantId);
    if (manifest.isEmpty()) {
      return Optional.empty();
    }
    int examples = Math.toIntExact(VariantSplit.TRAIN.of(manifest.get()).getExamples());
    StoredTrace trace = new StoredTrace(store, trial.getTrialId(), examples);
    int lastEpoch = trace.wholeThrough();
    return lastEpoch < 0
        ? Optional.empty()
        : Optional.of(
            new StoredTrialTrace(trace, VariantReader.open(store, variantId), lastEpoch, stopped));
  }

  @Override
  public Map<String, String> ownFiles(Collection<String> variantIds) {
    Map<String, String> files = new TreeMap<>();
    for (String variantId : variantIds) {
      StoredMessage.VARIANT_MANIFEST
          .find(store, variantId)
          .ifPresent(manifest -> files.putAll(manifest.getOwnFilesMap()));
    }
    return files;
  }

  @Override
  public Map<Integer, ExamplePicture> pictures(
      String variantId, ExampleSelection.Split split, Collection<Integer> sourceIndices) {
    return VariantReader.find(store, variantId).isEmpty()
        ? Map.of()
        : new StoredPictures(VariantReader.open(store, variantId))
            .of(split, sourceIndices, stopped);
  }

  private static MissingResultException missing(SweepPlan.Cell cell, String key) {
    return new MissingResultException(
        "the object "
            + key
            + " of trial "
            + cell.index()
            + ", which is done, is gone or of other numerics");
  }
}
