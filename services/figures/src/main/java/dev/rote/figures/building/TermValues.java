package dev.rote.figures.building;

import dev.rote.figures.statistics.Dispersion;
import dev.rote.figures.study.EpochSeries;
import dev.rote.figures.study.ErrorCounts;
import dev.rote.figures.study.Selection;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.Metric;
import dev.rote.v1.Term;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The numbers that a term stands for, and its name in words. */
final class TermValues {
  private static final Metric VALIDATION_ACCURACY =
      Metric.newBuilder().setKind(Metric.Kind.VALIDATION_ACCURACY).build();

  private final StudyData data;

  TermValues(StudyData data) {
    this.data = data;
  }

  static boolean isDispersion(Term term) {
    return term.getMetric().getKind() == Metric.Kind.DISPERSION;
  }

  /**
   * The value of each repetition that has one. Not for {@code DISPERSION}.
   *
   * <p>{@code AT_BEST_VALIDATION} looks among the epochs at which the metric has a value: a metric
   * of sparse checkpoints is taken at the checkpoint with the best validation accuracy, the first
   * of equals.
   */
  NavigableMap<Integer, Double> perRepetition(Term term, String label) {
    Selection line = line(term, label);
    Map<Integer, EpochSeries> validation =
        term.getMoment() == Term.Moment.AT_BEST_VALIDATION
            ? data.series(VALIDATION_ACCURACY, line)
            : Map.of();
    NavigableMap<Integer, Double> values = new TreeMap<>();
    data.series(term.getMetric(), line)
        .forEach(
            (repetition, series) ->
                value(term, series, validation.get(repetition))
                    .ifPresent(value -> values.put(repetition, value)));
    return values;
  }

  private static OptionalDouble value(
      Term term, EpochSeries series, @Nullable EpochSeries validation) {
    OptionalInt max = series.positionOfMax();
    if (max.isEmpty()) {
      return OptionalDouble.empty();
    }
    return switch (term.getMoment()) {
      case LAST, UNSPECIFIED, UNRECOGNIZED -> OptionalDouble.of(series.value(series.size() - 1));
      case FIRST -> OptionalDouble.of(series.value(0));
      case MAX -> OptionalDouble.of(series.value(max.getAsInt()));
      case MIN -> OptionalDouble.of(series.value(series.positionOfMin().orElse(0)));
      case EPOCH_OF_MAX -> OptionalDouble.of(series.epoch(max.getAsInt()));
      case AT_EPOCH -> series.at(term.getEpoch());
      case AT_BEST_VALIDATION ->
          validation == null ? OptionalDouble.empty() : atBest(series, validation);
    };
  }

  private static OptionalDouble atBest(EpochSeries series, EpochSeries validation) {
    OptionalDouble value = OptionalDouble.empty();
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < series.size(); i++) {
      double accuracy = validation.at(series.epoch(i)).orElse(Double.NEGATIVE_INFINITY);
      if (accuracy > best) {
        best = accuracy;
        value = OptionalDouble.of(series.value(i));
      }
    }
    return value;
  }

  /**
   * The error counts whose dispersion the term stands for; empty when there are none at its moment.
   * {@code AT_BEST_VALIDATION} and {@code EPOCH_OF_MAX} have none.
   */
  Optional<ErrorCounts> counts(Term term, String label) {
    NavigableMap<Integer, ErrorCounts> byEpoch =
        data.counts(term.getMetric().getMeasurement(), line(term, label));
    if (byEpoch.isEmpty()) {
      return Optional.empty();
    }
    return switch (term.getMoment()) {
      case LAST, UNSPECIFIED, UNRECOGNIZED -> Optional.of(byEpoch.lastEntry().getValue());
      case FIRST -> Optional.of(byEpoch.firstEntry().getValue());
      case AT_EPOCH -> Optional.ofNullable(byEpoch.get(term.getEpoch()));
      case MAX -> extreme(byEpoch, 1);
      case MIN -> extreme(byEpoch, -1);
      case AT_BEST_VALIDATION, EPOCH_OF_MAX -> Optional.empty();
    };
  }

  private static Optional<ErrorCounts> extreme(
      NavigableMap<Integer, ErrorCounts> byEpoch, int sign) {
    return byEpoch.values().stream()
        .max(
            Comparator.comparingDouble(
                counts -> {
                  double dispersion = Dispersion.estimate(counts.errors(), counts.repetitions());
                  return Double.isNaN(dispersion) ? Double.NEGATIVE_INFINITY : sign * dispersion;
                }));
  }

  private Selection line(Term term, String label) {
    return Selection.line(axis(term), label, term.getWhereMap());
  }

  private String axis(Term term) {
    return term.getSeries().isEmpty() ? data.firstAxis() : term.getSeries();
  }

  /** Such as {@code largest validation accuracy of randY (kind = labels)}. */
  static String words(Term term, String label) {
    String fixed =
        term.getWhereMap().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + " = " + entry.getValue())
            .collect(Collectors.joining(", "));
    return moment(term)
        + (label.isEmpty() ? "" : " of " + label)
        + (fixed.isEmpty() ? "" : " (" + fixed + ")");
  }

  /** The term without its label, such as {@code final training accuracy}. */
  static String moment(Term term) {
    String metric = MetricNames.of(term.getMetric());
    return switch (term.getMoment()) {
      case LAST, UNSPECIFIED, UNRECOGNIZED -> "final " + metric;
      case FIRST -> "first " + metric;
      case MAX -> "largest " + metric;
      case MIN -> "smallest " + metric;
      case AT_BEST_VALIDATION -> metric + " at the best validation accuracy";
      case AT_EPOCH -> metric + " at epoch " + term.getEpoch();
      case EPOCH_OF_MAX -> "epoch of the largest " + metric;
    };
  }
}
