package dev.rote.figures.study;

import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.FiltersValues;
import dev.rote.v1.Measurement;
import dev.rote.v1.Metric;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What is kept of the cells that share their labels. */
final class LineResults {
  final Map<Metric, NavigableMap<Integer, EpochSeries>> series = new HashMap<>();
  final Map<Metric, NavigableMap<Integer, Observation>> durations = new HashMap<>();
  final Map<String, NavigableMap<Integer, ErrorCounts>> counts = new HashMap<>();
  final Map<String, ClassMatrixMean> matrices = new HashMap<>();
  final Map<String, NavigableMap<Integer, FiltersValues>> filters = new HashMap<>();
  final ScoreResults scores = new ScoreResults();
  final NavigableMap<Integer, Fate> fates = new TreeMap<>();

  /** Adds what is needed of one repetition. */
  void add(CellResults cell, Demands demands) {
    Map<String, String> labels = cell.labels();
    int repetition = cell.repetition();
    Fate fate = Fate.of(cell);
    fates.put(repetition, fate);
    for (Metric metric : demands.seriesOf(labels)) {
      MetricSeries.of(metric, cell)
          .filter(values -> !values.isEmpty())
          .ifPresent(
              values ->
                  series.computeIfAbsent(metric, any -> new TreeMap<>()).put(repetition, values));
    }
    for (Metric metric : demands.durationsOf(labels)) {
      EpochsToAccuracy.of(metric, cell)
          .ifPresent(
              epochs ->
                  durations
                      .computeIfAbsent(metric, any -> new TreeMap<>())
                      .put(repetition, epochs));
    }
    for (String name : demands.countsOf(labels)) {
      cell.measurement(name).ifPresent(measurement -> addErrors(name, measurement, fate));
    }
    if (!fate.diverged()) {
      addWhole(cell, demands);
    }
  }

  /** Adds what shows the end of a trial: of one that diverged there is none to show. */
  private void addWhole(CellResults cell, Demands demands) {
    Map<String, String> labels = cell.labels();
    scores.add(cell, demands);
    for (String name : demands.matricesOf(labels)) {
      cell.measurement(name).ifPresent(measurement -> addMatrix(name, measurement));
    }
    for (String name : demands.filtersOf(labels)) {
      cell.measurement(name)
          .ifPresent(measurement -> addFilters(name, cell.repetition(), measurement));
    }
  }

  private void addErrors(String name, Measurement measurement, Fate fate) {
    NavigableMap<Integer, ErrorCounts> byEpoch =
        counts.computeIfAbsent(name, any -> new TreeMap<>());
    for (CheckpointMeasurement checkpoint : measurement.getCheckpointsList()) {
      if (checkpoint.hasExampleErrors() && fate.reached(checkpoint.getEpoch())) {
        byEpoch
            .computeIfAbsent(
                checkpoint.getEpoch(),
                any ->
                    new ErrorCounts(Math.toIntExact(checkpoint.getExampleErrors().getExamples())))
            .add(checkpoint.getExampleErrors());
      }
    }
  }

  /** A loss-sensitivity has one value, of the whole run. */
  private void addMatrix(String name, Measurement measurement) {
    for (CheckpointMeasurement checkpoint : measurement.getCheckpointsList()) {
      if (checkpoint.getLossSensitivity().getClasses() > 0) {
        matrices
            .computeIfAbsent(
                name, any -> new ClassMatrixMean(checkpoint.getLossSensitivity().getClasses()))
            .add(checkpoint.getLossSensitivity());
        return;
      }
    }
  }

  /** Keeps the last checkpoint of the first repetition that has one. */
  private void addFilters(String name, int repetition, Measurement measurement) {
    NavigableMap<Integer, FiltersValues> kept =
        filters.computeIfAbsent(name, any -> new TreeMap<>());
    if (!kept.isEmpty() && kept.firstKey() < repetition) {
      return;
    }
    measurement.getCheckpointsList().stream()
        .filter(CheckpointMeasurement::hasFilters)
        .max(Comparator.comparingInt(CheckpointMeasurement::getEpoch))
        .ifPresent(
            checkpoint -> {
              kept.clear();
              kept.put(repetition, checkpoint.getFilters());
            });
  }
}
