package dev.rote.figures.study;

import dev.rote.figures.FigureException;
import dev.rote.figures.FigureException.Reason;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.Measurement;
import dev.rote.v1.Metric;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.TrialResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The part of a sweep's results that its figures and claims need, gathered in one pass over the
 * grid.
 *
 * <p>Kept are one series per needed metric, cell and repetition, and error counts summed over
 * repetitions; histories and bit sets are dropped as soon as they are read.
 */
public final class StudyData {
  private final Sweep sweep;
  private final Map<String, Set<String>> axisLabels = new LinkedHashMap<>();
  private final Map<Map<String, String>, Line> lines = new LinkedHashMap<>();
  private final SortedSet<String> backends = new TreeSet<>();
  private final Set<String> trials = new HashSet<>();
  private double trainingSeconds;

  /** What is kept of the cells that share their labels. */
  private static final class Line {
    final Map<Metric, NavigableMap<Integer, EpochSeries>> series = new HashMap<>();
    final Map<String, NavigableMap<Integer, ErrorCounts>> counts = new HashMap<>();
  }

  private StudyData(Sweep sweep) {
    this.sweep = sweep;
  }

  /** Reads every cell once, in order. */
  public static StudyData gather(StudyResults results) {
    StudyData data = new StudyData(results.sweep());
    SweepSpec spec = results.sweep().getSpec();
    Demands demands = Demands.of(spec);
    spec.getAxesList().forEach(axis -> data.axisLabels.put(axis.getName(), new LinkedHashSet<>()));
    for (long index = 0; index < results.cells(); index++) {
      data.add(results.cell(index), demands);
    }
    return data;
  }

  static String firstAxis(SweepSpec spec) {
    return spec.getAxesCount() == 0 ? "" : spec.getAxes(0).getName();
  }

  private void add(CellResults cell, Demands demands) {
    Map<String, String> labels = Map.copyOf(cell.labels());
    axisLabels.forEach((axis, known) -> known.add(labels.getOrDefault(axis, "")));
    cell.trial().ifPresent(this::count);
    Line line = lines.computeIfAbsent(labels, any -> new Line());
    for (Metric metric : demands.seriesOf(labels)) {
      MetricSeries.of(metric, cell)
          .filter(series -> !series.isEmpty())
          .ifPresent(
              series ->
                  line.series
                      .computeIfAbsent(metric, any -> new TreeMap<>())
                      .put(cell.repetition(), series));
    }
    for (String name : demands.countsOf(labels)) {
      cell.measurement(name)
          .ifPresent(
              measurement ->
                  add(measurement, line.counts.computeIfAbsent(name, any -> new TreeMap<>())));
    }
  }

  private static void add(Measurement measurement, Map<Integer, ErrorCounts> byEpoch) {
    for (CheckpointMeasurement checkpoint : measurement.getCheckpointsList()) {
      if (checkpoint.hasExampleErrors()) {
        byEpoch
            .computeIfAbsent(
                checkpoint.getEpoch(),
                any ->
                    new ErrorCounts(Math.toIntExact(checkpoint.getExampleErrors().getExamples())))
            .add(checkpoint.getExampleErrors());
      }
    }
  }

  private void count(TrialResult trial) {
    if (trials.add(trial.getTrialId())) {
      trainingSeconds += trial.getTrainingSeconds();
      backends.add(trial.getBackend());
    }
  }

  public Sweep sweep() {
    return sweep;
  }

  /**
   * The axis that lines lie along when a panel or term names none; empty in a sweep without axes.
   */
  public String firstAxis() {
    return firstAxis(sweep.getSpec());
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
    List<NavigableMap<Integer, EpochSeries>> found = new ArrayList<>();
    lines.forEach(
        (labels, kept) -> {
          NavigableMap<Integer, EpochSeries> series = kept.series.get(metric);
          if (series != null && line.matches(labels)) {
            found.add(series);
          }
        });
    return only(found, line);
  }

  /**
   * The error counts of a measurement on one line, by epoch; empty when there are none.
   *
   * @throws FigureException with {@link Reason#AMBIGUOUS_SERIES} when several cells match
   */
  public NavigableMap<Integer, ErrorCounts> counts(String measurement, Selection line) {
    List<NavigableMap<Integer, ErrorCounts>> found = new ArrayList<>();
    lines.forEach(
        (labels, kept) -> {
          NavigableMap<Integer, ErrorCounts> counts = kept.counts.get(measurement);
          if (counts != null && line.matches(labels)) {
            found.add(counts);
          }
        });
    return only(found, line);
  }

  private static <V> NavigableMap<Integer, V> only(
      List<NavigableMap<Integer, V>> found, Selection line) {
    if (found.size() > 1) {
      throw new FigureException(
          Reason.AMBIGUOUS_SERIES,
          "the line "
              + line
              + " matches "
              + found.size()
              + " cells: fix the other axes by `where`");
    }
    return found.isEmpty()
        ? Collections.emptyNavigableMap()
        : Collections.unmodifiableNavigableMap(found.get(0));
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
