package dev.rote.figures.study;

import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Metric;
import dev.rote.v1.SweepSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the trials of each cell ended with: accuracies, losses and the main number of every
 * measurement. Of a large grid the first cells are kept.
 */
public final class FinalCells {
  /** Cells kept. */
  public static final int MOST = 200;

  private final List<Metric> metrics;
  private final Map<Map<String, String>, Row> rows = new LinkedHashMap<>();

  FinalCells(SweepSpec spec) {
    List<Metric> all = new ArrayList<>();
    for (Metric.Kind kind :
        List.of(
            Metric.Kind.TRAIN_ACCURACY,
            Metric.Kind.VALIDATION_ACCURACY,
            Metric.Kind.TRAIN_LOSS,
            Metric.Kind.VALIDATION_LOSS)) {
      all.add(Metric.newBuilder().setKind(kind).build());
    }
    spec.getMeasurementsList().forEach(measurement -> mainNumber(measurement).ifPresent(all::add));
    this.metrics = List.copyOf(all);
  }

  /** The number that a measurement is known by; empty for one that is known by arrays alone. */
  private static Optional<Metric> mainNumber(MeasurementSpec measurement) {
    Metric.Builder metric = Metric.newBuilder().setMeasurement(measurement.getName());
    return switch (measurement.getKindCase()) {
      case CRITICAL_SAMPLES ->
          Optional.of(metric.setKind(Metric.Kind.CRITICAL_SAMPLE_RATIO).build());
      case ACCURACY -> Optional.of(metric.setKind(Metric.Kind.MEASURED_ACCURACY).build());
      case LOSS_SENSITIVITY -> Optional.of(measured(metric, "gini"));
      case SHARPNESS -> Optional.of(measured(metric, "largestEigenvalue"));
      case FILTERS -> Optional.of(measured(metric, "structure"));
      case DYNAMICS -> Optional.of(measured(metric, "unforgettable"));
      case EXAMPLE_ERRORS,
          EL2N,
          GRAND,
          SELF_INFLUENCE,
          VOG,
          INPUT_CURVATURE,
          PREDICTION_DEPTH,
          LID,
          KIND_NOT_SET ->
          Optional.empty();
    };
  }

  private static Metric measured(Metric.Builder metric, String value) {
    return metric.setKind(Metric.Kind.MEASURED).setValue(value).build();
  }

  /** One cell of the grid over its repetitions. */
  public static final class Row {
    private final Map<String, String> labels;
    private final List<List<Double>> values = new ArrayList<>();
    private int repetitions;
    private int diverged;

    private Row(Map<String, String> labels, int quantities) {
      this.labels = labels;
      for (int i = 0; i < quantities; i++) {
        values.add(new ArrayList<>());
      }
    }

    /** By axis. */
    public Map<String, String> labels() {
      return labels;
    }

    /** With a result. */
    public int repetitions() {
      return repetitions;
    }

    /** Of them: diverged, and so without final values. */
    public int diverged() {
      return diverged;
    }

    /** float64[R]: the final values of a quantity, one a repetition that has one. */
    public double[] values(int quantity) {
      return values.get(quantity).stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  void add(Map<String, String> labels, CellResults cell) {
    Row row = rows.get(labels);
    if (row == null) {
      if (rows.size() == MOST) {
        return;
      }
      row = new Row(labels, metrics.size());
      rows.put(labels, row);
    }
    if (cell.trial().isEmpty()) {
      return;
    }
    row.repetitions++;
    if (Fate.of(cell).diverged()) {
      row.diverged++;
      return;
    }
    for (int i = 0; i < metrics.size(); i++) {
      List<Double> values = row.values.get(i);
      MetricSeries.of(metrics.get(i), cell)
          .filter(series -> !series.isEmpty())
          .ifPresent(series -> values.add(series.value(series.size() - 1)));
    }
  }

  /** The quantities, in the order of their columns. */
  public List<Metric> metrics() {
    return metrics;
  }

  /** At most {@value #MOST}, in the order of the grid. */
  public Collection<Row> rows() {
    return Collections.unmodifiableCollection(rows.values());
  }
}
