package dev.rote.figures.study;

import com.google.protobuf.Message;
import dev.rote.figures.FigureException;
import dev.rote.figures.FigureException.Reason;
import dev.rote.spec.MeasuredSplit;
import dev.rote.v1.AgreementPanel;
import dev.rote.v1.Coverage;
import dev.rote.v1.DataMapPanel;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.DetectionPanel;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.FiltersValues;
import dev.rote.v1.MeasuredScore;
import dev.rote.v1.Metric;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.TrialResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The part of a sweep's results that its figures and claims need, gathered in one pass over the
 * grid.
 *
 * <p>Kept are one series or number per needed metric, cell and repetition, error counts and class
 * matrices summed over repetitions, the first repetition's filters, and one mean a needed score and
 * example; histories, bit sets and sensitivities are dropped as soon as they are read.
 */
public final class StudyData {
  private final StudyResults results;
  private final Sweep sweep;
  private final SweepAxes axes;
  private final Map<String, Set<String>> axisLabels = new LinkedHashMap<>();
  private final Map<Map<String, String>, LineResults> lines = new LinkedHashMap<>();
  private final SortedSet<String> backends = new TreeSet<>();
  private final Set<String> trials = new HashSet<>();
  private final Map<Message, String> ownVariants = new LinkedHashMap<>();
  private final Map<Fate.End, Integer> ends = new EnumMap<>(Fate.End.class);
  private final FinalCells finals;
  private double trainingSeconds;
  private int diverged;

  private StudyData(StudyResults results) {
    this.results = results;
    this.sweep = results.sweep();
    this.axes = new SweepAxes(sweep.getSpec());
    this.finals = new FinalCells(sweep.getSpec());
    axes.names().forEach(axis -> axisLabels.put(axis, new LinkedHashSet<>()));
  }

  /** Reads every cell once, in order. */
  public static StudyData gather(StudyResults results) {
    StudyData data = new StudyData(results);
    SweepSpec spec = results.sweep().getSpec();
    Demands demands = Demands.of(spec);
    for (long index = 0; index < results.cells(); index++) {
      data.add(new MemoizedCell(results.cell(index)), demands);
    }
    return data;
  }

  private void add(CellResults cell, Demands demands) {
    Map<String, String> labels = Map.copyOf(cell.labels());
    axisLabels.forEach((axis, known) -> known.add(labels.getOrDefault(axis, "")));
    cell.trial().ifPresent(this::count);
    ends.merge(cell.end(), 1, Integer::sum);
    diverged += Fate.of(cell).diverged() ? 1 : 0;
    finals.add(labels, cell);
    lines.computeIfAbsent(labels, any -> new LineResults()).add(cell, demands);
  }

  private void count(TrialResult trial) {
    if (trials.add(trial.getTrialId())) {
      trainingSeconds += trial.getTrainingSeconds();
      backends.add(trial.getBackend());
      DatasetSpec dataset = trial.getSpec().getDataset();
      if (dataset.hasIdx() || dataset.hasFiles()) {
        ownVariants.putIfAbsent(
            dataset.hasIdx() ? dataset.getIdx() : dataset.getFiles(), trial.getVariantId());
      }
    }
  }

  public Sweep sweep() {
    return sweep;
  }

  /** The axes that lines lie along. */
  public SweepAxes axes() {
    return axes;
  }

  /** Labels of an axis in the order of the grid; one empty label for the empty axis. */
  public List<String> labels(String axis) {
    return axis.isEmpty() ? List.of("") : List.copyOf(axisLabels.getOrDefault(axis, Set.of()));
  }

  /**
   * The series of a metric on one line, by repetition; empty when there is none.
   *
   * @throws FigureException with {@link Reason#AMBIGUOUS_SERIES} when several cells match
   */
  public NavigableMap<Integer, EpochSeries> series(Metric metric, Selection line) {
    return only(line, kept -> kept.series.get(metric))
        .map(Collections::unmodifiableNavigableMap)
        .orElse(Collections.emptyNavigableMap());
  }

  /**
   * The epochs that trials on one line took to reach an accuracy, by repetition; empty when there
   * are none.
   *
   * @param metric of the kind {@code EPOCHS_TO_ACCURACY}
   * @throws FigureException with {@link Reason#AMBIGUOUS_SERIES} when several cells match
   */
  public NavigableMap<Integer, Observation> durations(Metric metric, Selection line) {
    return only(line, kept -> kept.durations.get(metric))
        .map(Collections::unmodifiableNavigableMap)
        .orElse(Collections.emptyNavigableMap());
  }

  /**
   * The error counts of a measurement on one line, by epoch; empty when there are none.
   *
   * @throws FigureException with {@link Reason#AMBIGUOUS_SERIES} when several cells match
   */
  public NavigableMap<Integer, ErrorCounts> counts(String measurement, Selection line) {
    return only(line, kept -> kept.counts.get(measurement))
        .map(Collections::unmodifiableNavigableMap)
        .orElse(Collections.emptyNavigableMap());
  }

  /**
   * The mean class matrix of a measurement on one line; empty when there is none.
   *
   * @throws FigureException with {@link Reason#AMBIGUOUS_SERIES} when several cells match
   */
  public Optional<ClassMatrixMean> classMatrix(String measurement, Selection line) {
    return only(line, kept -> kept.matrices.get(measurement));
  }

  /**
   * The last filters of the first repetition on one line; empty when there are none.
   *
   * @throws FigureException with {@link Reason#AMBIGUOUS_SERIES} when several cells match
   */
  public Optional<FiltersValues> filters(String measurement, Selection line) {
    return only(line, kept -> kept.filters.get(measurement))
        .filter(byRepetition -> !byRepetition.isEmpty())
        .map(byRepetition -> byRepetition.firstEntry().getValue());
  }

  /**
   * The examples of which a metric of the kind {@code SHARE_IN_EVERY_REPETITION} holds on one line,
   * by epoch; empty when there are none.
   *
   * @throws FigureException with {@link Reason#AMBIGUOUS_SERIES} when several cells match
   */
  public NavigableMap<Integer, SharedShare> shares(Metric metric, Selection line) {
    return only(line, kept -> kept.scores.shares.get(metric))
        .map(Collections::unmodifiableNavigableMap)
        .orElse(Collections.emptyNavigableMap());
  }

  /**
   * Spearman's correlations of the K scores of a panel on one line, float64[K, K] by repetition;
   * empty when there are none.
   *
   * @throws FigureException with {@link Reason#AMBIGUOUS_SERIES} when several cells match
   */
  public NavigableMap<Integer, double[]> agreements(AgreementPanel panel, Selection line) {
    return only(line, kept -> kept.scores.agreements.get(panel))
        .map(Collections::unmodifiableNavigableMap)
        .orElse(Collections.emptyNavigableMap());
  }

  /**
   * What each score of a panel finds on one line, by repetition; empty when there are none.
   *
   * @throws FigureException with {@link Reason#AMBIGUOUS_SERIES} when several cells match
   */
  public NavigableMap<Integer, List<Optional<DetectionResult>>> detections(
      DetectionPanel panel, Selection line) {
    return only(line, kept -> kept.scores.detections.get(panel))
        .map(Collections::unmodifiableNavigableMap)
        .orElse(Collections.emptyNavigableMap());
  }

  /**
   * A score of each example on one line; empty when there is none.
   *
   * @throws FigureException with {@link Reason#AMBIGUOUS_SERIES} when several cells match
   */
  public Optional<ScoreMeans> scoreMeans(MeasuredScore score, Selection line) {
    return only(line, kept -> kept.scores.means.get(score));
  }

  /** The {@code confidence} of each example; empty when there is none. */
  public Optional<ScoreMeans> confidence(DataMapPanel panel, Selection line) {
    return scoreMeans(Demands.confidence(panel), line);
  }

  /** The {@code variability} of each example; empty when there is none. */
  public Optional<ScoreMeans> variability(DataMapPanel panel, Selection line) {
    return scoreMeans(Demands.variability(panel), line);
  }

  /** Inputs of examples that a measurement looks at, by their index in the source. */
  public Map<Integer, ExamplePicture> pictures(
      String variantId, String measurement, Collection<Integer> sourceIndices) {
    ExampleSelection.Split split =
        sweep.getSpec().getMeasurementsList().stream()
            .filter(spec -> spec.getName().equals(measurement))
            .findFirst()
            .map(MeasuredSplit::of)
            .orElse(ExampleSelection.Split.TRAINING);
    return results.pictures(variantId, split, sourceIndices);
  }

  /** What became of the repetitions of one line; empty when no cell matches it, or several do. */
  public NavigableMap<Integer, Fate> fates(Selection line) {
    List<LineResults> matching =
        lines.entrySet().stream()
            .filter(entry -> line.matches(entry.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    return matching.size() == 1
        ? Collections.unmodifiableNavigableMap(matching.get(0).fates)
        : Collections.emptyNavigableMap();
  }

  private <V> Optional<V> only(Selection line, Function<LineResults, @Nullable V> part) {
    List<V> found = new ArrayList<>();
    lines.forEach(
        (labels, kept) -> {
          @Nullable V results = part.apply(kept);
          if (results != null && line.matches(labels)) {
            found.add(results);
          }
        });
    if (found.size() > 1) {
      throw new FigureException(
          Reason.AMBIGUOUS_SERIES,
          "the line "
              + line
              + " matches "
              + found.size()
              + " cells: fix the other axes by `where`");
    }
    return found.stream().findFirst();
  }

  /** Cells of the grid, repetitions included, by what became of them. */
  public Coverage coverage() {
    long done = ends.getOrDefault(Fate.End.DONE, 0);
    long failed = ends.getOrDefault(Fate.End.FAILED, 0);
    long cancelled = ends.getOrDefault(Fate.End.CANCELLED, 0);
    long unfinished = ends.getOrDefault(Fate.End.UNFINISHED, 0);
    return Coverage.newBuilder()
        .setCells(done + failed + cancelled + unfinished)
        .setDone(done)
        .setFailed(failed)
        .setCancelled(cancelled)
        .setUnfinished(unfinished)
        .setDiverged(diverged)
        .build();
  }

  /** What the trials of each cell ended with. */
  public FinalCells finals() {
    return finals;
  }

  /** Cells of the grid, each with all its repetitions. */
  public int lines() {
    return lines.size();
  }

  /** For each set of the users' own files, the id of one variant that was made from it. */
  public Collection<String> ownVariants() {
    return Collections.unmodifiableCollection(ownVariants.values());
  }

  /** Backends that trained, sorted. */
  public List<String> backends() {
    return List.copyOf(backends);
  }

  /** Distinct trials with a result. */
  public int trials() {
    return trials.size();
  }

  /** Seconds of training summed over distinct trials. */
  public double trainingSeconds() {
    return trainingSeconds;
  }
}
