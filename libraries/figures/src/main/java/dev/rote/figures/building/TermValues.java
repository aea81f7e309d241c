package dev.rote.figures.building;

import dev.rote.figures.study.EpochSeries;
import dev.rote.figures.study.Fate;
import dev.rote.figures.study.Observation;
import dev.rote.figures.study.Selection;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.Metric;
import dev.rote.v1.Term;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The numbers that a term stands for. */
final class TermValues {
  private static final Metric VALIDATION_ACCURACY =
      Metric.newBuilder().setKind(Metric.Kind.VALIDATION_ACCURACY).build();

  private final StudyData data;
  private final AlongAxis along;

  TermValues(StudyData data) {
    this.data = data;
    this.along = new AlongAxis(data, this);
  }

  /** Whether a term has one value a line, over all repetitions, instead of one a repetition. */
  static boolean isOfLine(Term term) {
    return isShareOfLine(term)
        || term.getMetric().getKind() == Metric.Kind.DISPERSION
        || term.getMetric().getKind() == Metric.Kind.DISPERSION_WITHIN_CLASSES;
  }

  /** Whether it is a share of examples over all repetitions. */
  static boolean isShareOfLine(Term term) {
    return term.getMetric().getKind() == Metric.Kind.SHARE_IN_EVERY_REPETITION;
  }

  /** The value of each repetition that has one. Not for those with one value a line. */
  Samples of(Term term, String label) {
    String words = TermWords.of(term, label);
    Selection line = line(term, label);
    return term.hasAlong() ? along.of(term, line, words) : samples(term, line, words);
  }

  /** The value of each repetition of a line that has one, and why others have none. */
  Samples samples(Term term, Selection line, String words) {
    NavigableMap<Integer, Observation> values = perRepetition(term, line);
    return Samples.of(words, values, Gaps.of(data.fates(line), values.keySet()));
  }

  /** The line of a term at a label. */
  Selection line(Term term, String label) {
    String axis = data.axes().ofLabel(term);
    return Selection.line(axis, label, term.getWhereMap());
  }

  /** Repetitions that do not count in the one value of a term's line at its moment, or not yet. */
  Gaps gapsOfLine(Term term) {
    NavigableMap<Integer, Fate> fates = data.fates(line(term, term.getLabel()));
    Set<Integer> counting = new HashSet<>();
    fates.forEach(
        (repetition, fate) -> {
          if (fate.end() == Fate.End.DONE && reaches(fate, term)) {
            counting.add(repetition);
          }
        });
    return Gaps.of(fates, counting);
  }

  private static boolean reaches(Fate fate, Term term) {
    return switch (term.getMoment()) {
      case FIRST -> true;
      case AT_EPOCH -> fate.reached(term.getEpoch());
      case LAST, MAX, MIN, AT_BEST_VALIDATION, EPOCH_OF_MAX, UNSPECIFIED, UNRECOGNIZED ->
          !fate.diverged();
    };
  }

  /**
   * The value of each repetition of a line that has one; {@code along}, {@code where} and {@code
   * series} of the term are not looked at.
   *
   * <p>{@code AT_BEST_VALIDATION} looks among the epochs at which the metric has a value: a metric
   * of sparse checkpoints is taken at the checkpoint with the best validation accuracy, the first
   * of equals. {@code EPOCHS_TO_ACCURACY} has one value a trial, whatever the moment.
   *
   * <p>A trial that diverged has no last value. Of a quantity without a largest value, such as a
   * loss, it has no {@code MAX} and no epoch of it either: that is where it diverged.
   */
  private NavigableMap<Integer, Observation> perRepetition(Term term, Selection line) {
    if (term.getMetric().getKind() == Metric.Kind.EPOCHS_TO_ACCURACY) {
      return data.durations(term.getMetric(), line);
    }
    Map<Integer, EpochSeries> validation =
        term.getMoment() == Term.Moment.AT_BEST_VALIDATION
            ? data.series(VALIDATION_ACCURACY, line)
            : Map.of();
    Map<Integer, Fate> fates = data.fates(line);
    NavigableMap<Integer, Observation> values = new TreeMap<>();
    data.series(term.getMetric(), line)
        .forEach(
            (repetition, series) -> {
              Fate fate = fates.get(repetition);
              if (fate == null || !fate.diverged() || !needsEnd(term)) {
                value(term, series, validation.get(repetition))
                    .ifPresent(value -> values.put(repetition, Observation.of(value)));
              }
            });
    return values;
  }

  /** Whether a term needs what a trial that diverged does not have. */
  private static boolean needsEnd(Term term) {
    return switch (term.getMoment()) {
      case LAST, UNSPECIFIED, UNRECOGNIZED -> true;
      case MAX, EPOCH_OF_MAX -> Double.isInfinite(MetricRange.of(term.getMetric()).high());
      case FIRST, MIN, AT_BEST_VALIDATION, AT_EPOCH -> false;
    };
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
}
