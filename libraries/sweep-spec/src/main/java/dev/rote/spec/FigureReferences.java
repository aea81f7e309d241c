package dev.rote.spec;

import dev.rote.v1.Axis;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Metric;
import dev.rote.v1.SweepSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What figures may refer to: the axes of a sweep, their labels and its measurements. */
final class FigureReferences {
  private static final int LABELS_SHOWN = 20;

  private final Map<String, List<String>> labels = new HashMap<>();
  private final List<String> axes;
  private final Map<String, MeasurementSpec> measurements;

  FigureReferences(SweepSpec spec) {
    spec.getAxesList().forEach(axis -> labels.putIfAbsent(axis.getName(), ValueAxis.labels(axis)));
    this.axes = spec.getAxesList().stream().map(Axis::getName).toList();
    this.measurements =
        spec.getMeasurementsList().stream()
            .collect(
                Collectors.toMap(
                    MeasurementSpec::getName, Function.identity(), (first, same) -> first));
  }

  /** Labels of an axis in order; none of one that is not there. */
  List<String> labelsOf(String axis) {
    return labels.getOrDefault(axis, List.of());
  }

  /** The axis that labels belong to, see {@link LineAxis}; one that is written must be there. */
  String seriesAxis(Checks checks, String series, String positions, Map<String, String> where) {
    if (!series.isEmpty()) {
      axis(checks, "series", series);
    }
    return LineAxis.of(axes, series, positions, where.keySet());
  }

  void axis(Checks checks, String field, String axis) {
    checks.require(
        axes.contains(axis), field, "must name an axis, was \"" + axis + "\": there are " + axes);
  }

  void label(Checks checks, String field, String axis, String label) {
    if (axes.contains(axis)) {
      List<String> there = labelsOf(axis);
      checks.require(
          there.contains(label),
          field,
          "must be a label of the axis "
              + axis
              + ", was \""
              + label
              + "\": there are "
              + shown(there));
    } else {
      checks.require(
          axis.isEmpty() && label.isEmpty(),
          field,
          "names a label, but no axis is left that it could belong to");
    }
  }

  void labels(Checks checks, String field, String axis, List<String> labels) {
    for (int i = 0; i < labels.size(); i++) {
      label(checks, field + "[" + i + "]", axis, labels.get(i));
    }
  }

  /**
   * Every label looked at must hold a number.
   *
   * @param chosen empty: all labels of the axis
   */
  void numbers(Checks checks, String field, String axis, List<String> chosen, boolean positive) {
    if (!axes.contains(axis)) {
      return;
    }
    for (String label : chosen.isEmpty() ? labelsOf(axis) : chosen) {
      double number = LabelNumber.of(label).orElse(Double.NaN);
      checks.require(
          positive ? number > 0 : !Double.isNaN(number),
          field,
          "must have labels that end in a number"
              + (positive ? " above 0" : "")
              + ", such as 512, 0.25, 1e-3 or \"labels 20 %\", and decimals with a point, not a"
              + " comma; one is \""
              + label
              + "\"");
    }
  }

  /**
   * Every axis but those that are looked along must be fixed, or figures would average over it.
   *
   * @param free axes that {@code where} must not fix
   */
  void where(Checks checks, Set<String> free, Map<String, String> where) {
    for (Map.Entry<String, String> entry : where.entrySet()) {
      checks.require(
          axes.contains(entry.getKey()) && !free.contains(entry.getKey()),
          "where." + entry.getKey(),
          "must name an axis other than that of the series");
      if (axes.contains(entry.getKey())) {
        label(checks, "where." + entry.getKey(), entry.getKey(), entry.getValue());
      }
    }
    for (String axis : axes) {
      checks.require(
          free.contains(axis) || where.containsKey(axis),
          "where",
          "must fix the axis "
              + axis
              + ", one of "
              + (free.contains(axis) ? "" : shown(labelsOf(axis))));
    }
  }

  /** A measurement of any kind that a name must refer to. */
  @Nullable MeasurementSpec measurement(Checks checks, String field, String name) {
    MeasurementSpec found = measurements.get(name);
    checks.require(
        found != null,
        field,
        "must name a measurement, was \""
            + name
            + "\""
            + (measurements.isEmpty() ? none() : ": there are " + measurements.keySet()));
    return found;
  }

  /** The measurement of a kind that a name must refer to. */
  @Nullable MeasurementSpec measurement(Checks checks, String name, MeasurementSpec.KindCase kind) {
    MeasurementSpec found = measurements.get(name);
    checks.require(
        found != null && found.getKindCase() == kind,
        "measurement",
        "must name a measurement of the kind "
            + MeasurementKinds.name(kind)
            + ", was \""
            + name
            + "\""
            + none());
    return found;
  }

  /** A measurement that names its epochs must name the one that is looked at. */
  void measuredAt(Checks checks, String name, int epoch) {
    MeasurementSpec found = measurements.get(name);
    checks.require(
        found == null || found.getEpochsCount() == 0 || found.getEpochsList().contains(epoch),
        "epoch",
        "must be an epoch that the measurement " + name + " looks at, was " + epoch);
  }

  void metric(Checks checks, Metric metric) {
    checks.require(
        !metric.hasValue() || metric.getKind() == Metric.Kind.MEASURED,
        "value",
        "is for the kind MEASURED alone");
    checks.require(
        !metric.hasAccuracy() || metric.getKind() == Metric.Kind.EPOCHS_TO_ACCURACY,
        "accuracy",
        "is for the kind EPOCHS_TO_ACCURACY alone");
    switch (metric.getKind()) {
      case UNSPECIFIED, UNRECOGNIZED -> checks.violate("kind", "must be written");
      case CRITICAL_SAMPLE_RATIO ->
          measurement(checks, metric.getMeasurement(), MeasurementSpec.KindCase.CRITICAL_SAMPLES);
      case MEASURED_ACCURACY ->
          measurement(checks, metric.getMeasurement(), MeasurementSpec.KindCase.ACCURACY);
      case DISPERSION, DISPERSION_WITHIN_CLASSES ->
          measurement(checks, metric.getMeasurement(), MeasurementSpec.KindCase.EXAMPLE_ERRORS);
      case MEASURED -> measured(checks, metric);
      case EPOCHS_TO_ACCURACY -> {
        noMeasurement(checks, metric);
        checks.require(
            !metric.hasAccuracy() || (metric.getAccuracy() > 0 && metric.getAccuracy() <= 1),
            "accuracy",
            "must be in (0, 1], was " + TreeReader.number(metric.getAccuracy()));
      }
      case TRAIN_ACCURACY,
          VALIDATION_ACCURACY,
          CORRUPTED_ACCURACY,
          CLEAN_ACCURACY,
          TRAIN_LOSS,
          VALIDATION_LOSS ->
          noMeasurement(checks, metric);
      case DETECTION_AUROC,
          DETECTION_AVERAGE_PRECISION,
          DETECTION_PRECISION,
          RANK_CORRELATION,
          SHARE_OF_EXAMPLES,
          SHARE_IN_EVERY_REPETITION -> {
        /* Looked at with the fields of their own. */
      }
    }
    new ScoreChecks(this).metric(checks, metric);
  }

  private static void noMeasurement(Checks checks, Metric metric) {
    checks.require(
        !metric.hasMeasurement(),
        "measurement",
        "is not needed for " + metric.getKind() + ": leave it out");
  }

  private void measured(Checks checks, Metric metric) {
    MeasurementSpec found = measurement(checks, "measurement", metric.getMeasurement());
    if (found == null) {
      return;
    }
    List<String> names = MeasuredValues.names(found.getKindCase());
    checks.require(
        names.contains(metric.getValue()),
        "value",
        "must be a number of the measurement "
            + metric.getMeasurement()
            + ", was \""
            + metric.getValue()
            + "\""
            + NearestName.hint(metric.getValue(), names));
  }

  private static String shown(List<String> labels) {
    int more = labels.size() - LABELS_SHOWN;
    return more > 0
        ? labels.subList(0, LABELS_SHOWN) + " and " + more + " more"
        : labels.toString();
  }

  private String none() {
    return measurements.isEmpty() ? ": the sweep has no measurements" : "";
  }
}
