package dev.rote.figures.building;

import dev.rote.figures.FigureException;
import dev.rote.figures.FigureException.Reason;
import dev.rote.v1.Metric;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
                metrics.stream().anyMatch(other -> differsByMeasurement(metric, other))
                    ? of(metric)
                    : plain(metric))
        .toList();
  }

  private static boolean differsByMeasurement(Metric metric, Metric other) {
    return plain(other).equals(plain(metric))
        && !other.getMeasurement().equals(metric.getMeasurement());
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

  /** The name without the measurement. */
  static String plain(Metric metric) {
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
      case DISPERSION_WITHIN_CLASSES -> "dispersion of error rates within classes";
      case EPOCHS_TO_ACCURACY ->
          "epochs to training accuracy "
              + Wording.number(metric.hasAccuracy() ? metric.getAccuracy() : 1);
      case MEASURED -> words(metric.getValue());
      case DETECTION_AUROC,
          DETECTION_AVERAGE_PRECISION,
          DETECTION_PRECISION,
          RANK_CORRELATION,
          SHARE_OF_EXAMPLES,
          SHARE_IN_EVERY_REPETITION ->
          ScoreWords.plain(metric);
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
      case EPOCHS_TO_ACCURACY -> "epochs";
      case DETECTION_AUROC,
          DETECTION_AVERAGE_PRECISION,
          DETECTION_PRECISION,
          RANK_CORRELATION,
          SHARE_OF_EXAMPLES,
          SHARE_IN_EVERY_REPETITION ->
          ScoreWords.quantity(metric);
      case CRITICAL_SAMPLE_RATIO,
          DISPERSION,
          DISPERSION_WITHIN_CLASSES,
          MEASURED,
          UNSPECIFIED,
          UNRECOGNIZED ->
          plain(metric);
    };
  }

  /** The words of a lowerCamelCase name: {@code largestEigenvalue} is "largest eigenvalue". */
  static String words(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
