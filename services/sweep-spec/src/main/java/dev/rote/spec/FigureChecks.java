package dev.rote.spec;

import dev.rote.v1.Axis;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.DifficultyPanel;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Metric;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.Term;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What must hold of figures: all that they refer to exists. */
final class FigureChecks {
  private final Grid grid;
  private final List<String> axes;
  private final Map<String, MeasurementSpec> measurements;

  private FigureChecks(SweepSpec spec, Grid grid) {
    this.grid = grid;
    this.axes = spec.getAxesList().stream().map(Axis::getName).toList();
    this.measurements =
        spec.getMeasurementsList().stream()
            .collect(Collectors.toMap(MeasurementSpec::getName, Function.identity()));
  }

  static void figures(Checks checks, SweepSpec spec, Grid grid) {
    FigureChecks references = new FigureChecks(spec, grid);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < spec.getFiguresCount(); i++) {
      FigureSpec figure = spec.getFigures(i);
      Checks at = checks.in("figures[" + i + "]");
      at.name("name", figure.getName());
      at.require(
          names.add(figure.getName()),
          "name",
          "must be unique, was \"" + figure.getName() + "\" again");
      references.figure(at, figure);
    }
  }

  private void figure(Checks checks, FigureSpec figure) {
    checks.require(
        figure.getPanelsCount() >= 1 && figure.getPanelsCount() <= 6,
        "panels",
        "must be 1 to 6, were " + figure.getPanelsCount());
    for (int i = 0; i < figure.getPanelsCount(); i++) {
      panel(checks.in("panels[" + i + "]"), figure.getPanels(i));
    }
    for (int i = 0; i < figure.getClaimsCount(); i++) {
      claim(checks.in("claims[" + i + "]"), figure.getClaims(i));
    }
  }

  private void panel(Checks checks, PanelSpec panel) {
    String axis = seriesAxis(checks, panel.getSeries());
    for (int i = 0; i < panel.getLabelsCount(); i++) {
      label(checks, "labels[" + i + "]", axis, panel.getLabels(i));
    }
    where(checks, axis, panel.getWhereMap());
    switch (panel.getKindCase()) {
      case CURVES -> {
        int metrics = panel.getCurves().getMetricsCount();
        checks.require(
            metrics >= 1 && metrics <= 4, "curves.metrics", "must be 1 to 4, were " + metrics);
        for (int i = 0; i < metrics; i++) {
          Metric metric = panel.getCurves().getMetrics(i);
          Checks at = checks.in("curves.metrics[" + i + "]");
          metric(at, metric);
          at.require(
              metric.getKind() != Metric.Kind.DISPERSION,
              "kind",
              "DISPERSION has no course over epochs: use it in a claim");
        }
      }
      case DIFFICULTY -> {
        DifficultyPanel difficulty = panel.getDifficulty();
        measurement(
            checks.in("difficulty"),
            difficulty.getMeasurement(),
            MeasurementSpec.KindCase.EXAMPLE_ERRORS);
        measuredAt(
            checks.in("difficulty"),
            difficulty.getMeasurement(),
            difficulty.hasEpoch() ? difficulty.getEpoch() : 1);
        if (!difficulty.getBinomialOf().isEmpty()) {
          label(checks, "difficulty.binomialOf", axis, difficulty.getBinomialOf());
        }
      }
      case KIND_NOT_SET -> checks.violate("", "must have curves or difficulty; neither is written");
    }
  }

  private void claim(Checks checks, ClaimSpec claim) {
    checks.require(
        !claim.getClaim().isBlank(),
        "claim",
        "must be the sentence that is judged; it is not written");
    checks.require(
        Double.isFinite(claim.getThreshold()),
        "threshold",
        "must be finite, was " + claim.getThreshold());
    switch (claim.getStatisticCase()) {
      case VALUE -> term(checks.in("value"), claim.getValue(), true);
      case DIFFERENCE -> {
        term(checks.in("difference.minuend"), claim.getDifference().getMinuend(), true);
        term(checks.in("difference.subtrahend"), claim.getDifference().getSubtrahend(), true);
        checks.require(
            isDispersion(claim.getDifference().getMinuend())
                == isDispersion(claim.getDifference().getSubtrahend()),
            "difference",
            "must not mix DISPERSION, one value a series, with a metric that has a value a trial");
      }
      case TREND -> {
        Term term = claim.getTrend().getTerm();
        term(checks.in("trend.term"), term, false);
        String axis =
            term.getSeries().isEmpty() && !axes.isEmpty() ? axes.get(0) : term.getSeries();
        List<String> labels = claim.getTrend().getLabelsList();
        checks.require(
            labels.size() >= 3, "trend.labels", "must be at least 3, were " + labels.size());
        for (int i = 0; i < labels.size(); i++) {
          label(checks, "trend.labels[" + i + "]", axis, labels.get(i));
        }
      }
      case STATISTIC_NOT_SET ->
          checks.violate("", "must have one of value, difference, trend; none is written");
    }
  }

  private void term(Checks checks, Term term, boolean labelled) {
    metric(checks.in("metric"), term.getMetric());
    String axis = seriesAxis(checks, term.getSeries());
    if (labelled && !axes.isEmpty()) {
      label(checks, "label", axis, term.getLabel());
    }
    where(checks, axis, term.getWhereMap());
    checks.require(
        (term.getMoment() == Term.Moment.AT_EPOCH) == term.hasEpoch(),
        "epoch",
        term.hasEpoch()
            ? "is for the moment AT_EPOCH alone"
            : "must be written for the moment AT_EPOCH");
  }

  private static boolean isDispersion(Term term) {
    return term.getMetric().getKind() == Metric.Kind.DISPERSION;
  }

  /** A measurement that names its epochs must name the one that is looked at. */
  private void measuredAt(Checks checks, String name, int epoch) {
    MeasurementSpec found = measurements.get(name);
    checks.require(
        found == null || found.getEpochsCount() == 0 || found.getEpochsList().contains(epoch),
        "epoch",
        "must be an epoch that the measurement " + name + " looks at, was " + epoch);
  }

  private void metric(Checks checks, Metric metric) {
    switch (metric.getKind()) {
      case UNSPECIFIED, UNRECOGNIZED -> checks.violate("kind", "must be written");
      case CRITICAL_SAMPLE_RATIO ->
          measurement(checks, metric.getMeasurement(), MeasurementSpec.KindCase.CRITICAL_SAMPLES);
      case MEASURED_ACCURACY ->
          measurement(checks, metric.getMeasurement(), MeasurementSpec.KindCase.ACCURACY);
      case DISPERSION ->
          measurement(checks, metric.getMeasurement(), MeasurementSpec.KindCase.EXAMPLE_ERRORS);
      case TRAIN_ACCURACY,
          VALIDATION_ACCURACY,
          CORRUPTED_ACCURACY,
          CLEAN_ACCURACY,
          TRAIN_LOSS,
          VALIDATION_LOSS ->
          checks.require(
              !metric.hasMeasurement(),
              "measurement",
              "is not needed for " + metric.getKind() + ": leave it out");
    }
  }

  private void measurement(Checks checks, String name, MeasurementSpec.KindCase kind) {
    MeasurementSpec found = measurements.get(name);
    String wanted =
        MeasurementSpec.getDescriptor().findFieldByNumber(kind.getNumber()).getJsonName();
    checks.require(
        found != null && found.getKindCase() == kind,
        "measurement",
        "must name a measurement of the kind "
            + wanted
            + ", was \""
            + name
            + "\""
            + (measurements.isEmpty() ? ": the sweep has no measurements" : ""));
  }

  /** The axis that labels belong to: the one written, or the first. */
  private String seriesAxis(Checks checks, String series) {
    if (series.isEmpty()) {
      return axes.isEmpty() ? "" : axes.get(0);
    }
    checks.require(
        axes.contains(series),
        "series",
        "must name an axis, was \"" + series + "\": there are " + axes);
    return series;
  }

  private void label(Checks checks, String field, String axis, String label) {
    if (axes.contains(axis)) {
      List<String> labels = grid.labels(axis);
      checks.require(
          labels.contains(label),
          field,
          "must be a label of the axis " + axis + ", was \"" + label + "\": there are " + labels);
    } else {
      checks.require(
          axis.isEmpty() && label.isEmpty(), field, "names a label, but the sweep has no axis");
    }
  }

  /** Every axis but that of the series must be fixed, or figures would average over it. */
  private void where(Checks checks, String series, Map<String, String> where) {
    for (Map.Entry<String, String> entry : where.entrySet()) {
      checks.require(
          axes.contains(entry.getKey()) && !entry.getKey().equals(series),
          "where." + entry.getKey(),
          "must name an axis other than that of the series");
      if (axes.contains(entry.getKey())) {
        label(checks, "where." + entry.getKey(), entry.getKey(), entry.getValue());
      }
    }
    for (String axis : axes) {
      checks.require(
          axis.equals(series) || where.containsKey(axis),
          "where",
          "must fix the axis "
              + axis
              + ", one of "
              + (axis.equals(series) ? List.of() : grid.labels(axis)));
    }
  }
}
