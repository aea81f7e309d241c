package dev.rote.figures.building;

import dev.rote.figures.FigureException;
import dev.rote.figures.FigureException.Reason;
import dev.rote.v1.Metric;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What metrics are called in legends, tables and verdicts. */
final class MetricNames {

  private MetricNames() {}

  /** Such as {@code training accuracy}; a measured metric names its measurement in brackets. */
  static String of(Metric metric) {
    String name = plain(metric);
    return metric.getMeasurement().isEmpty() ? name : name + " (" + metric.getMeasurement() + ")";
  }

  /** Names for one panel, positions as given: the measurement is named only to tell two apart. */
  static List<String> of(List<Metric> metrics) {
    return metrics.stream()
        .map(
            metric ->
                metrics.stream().filter(other -> other.getKind() == metric.getKind()).count() > 1
                    ? of(metric)
                    : plain(metric))
        .toList();
  }

  /** What the metrics of a panel have in common, for its axis: such as {@code accuracy}. */
  static String axis(List<Metric> metrics) {
    if (metrics.size() == 1) {
      return plain(metrics.get(0));
    }
    Set<String> quantities = new LinkedHashSet<>();
    metrics.forEach(metric -> quantities.add(quantity(metric)));
    return String.join(" / ", quantities);
  }

  private static String plain(Metric metric) {
    return switch (metric.getKind()) {
      case TRAIN_ACCURACY -> "training accuracy";
      case VALIDATION_ACCURACY -> "validation accuracy";
      case CORRUPTED_ACCURACY -> "accuracy on corrupted examples";
      case CLEAN_ACCURACY -> "accuracy on clean examples";
      case TRAIN_LOSS -> "training loss (nats)";
      case VALIDATION_LOSS -> "validation loss (nats)";
      case CRITICAL_SAMPLE_RATIO -> "critical sample ratio";
      case MEASURED_ACCURACY -> "accuracy";
      case DISPERSION -> "dispersion of error rates";
      case UNSPECIFIED, UNRECOGNIZED ->
          throw new FigureException(Reason.UNKNOWN_KIND, "a metric needs a kind, had none");
    };
  }

  private static String quantity(Metric metric) {
    return switch (metric.getKind()) {
      case TRAIN_ACCURACY,
          VALIDATION_ACCURACY,
          CORRUPTED_ACCURACY,
          CLEAN_ACCURACY,
          MEASURED_ACCURACY ->
          "accuracy";
      case TRAIN_LOSS, VALIDATION_LOSS -> "loss (nats)";
      case CRITICAL_SAMPLE_RATIO, DISPERSION, UNSPECIFIED, UNRECOGNIZED -> plain(metric);
    };
  }
}
