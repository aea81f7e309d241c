package dev.rote.figures.building;

import dev.rote.figures.statistics.LeastSquares;
import dev.rote.figures.study.Observation;
import dev.rote.figures.study.Selection;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.Along;
import dev.rote.v1.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Terms summed up over the labels of an axis, each repetition for itself. A repetition counts when
 * it has a value at every label.
 *
 * <p>Slopes are {@linkplain LeastSquares least squares}: {@code SLOPE_PER_DOUBLING} of the value
 * against log<sub>2</sub> of the label's number, {@code EXPONENT} of ln(value) against ln(number).
 *
 * <p>Censored values are larger than their bounds: a largest value is at least the largest bound,
 * and its place is known when it alone is censored and no other value exceeds its bound. A slope
 * over a censored value is not told.
 */
final class AlongAxis {
  private final StudyData data;
  private final TermValues terms;

  AlongAxis(StudyData data, TermValues terms) {
    this.data = data;
    this.terms = terms;
  }

  Samples of(Term term, Selection line, String words) {
    Along along = term.getAlong();
    List<String> labels =
        along.getLabelsCount() == 0 ? data.labels(along.getAxis()) : along.getLabelsList();
    double[] numbers =
        labels.stream()
            .mapToDouble(label -> data.axes().number(along.getAxis(), label).orElse(Double.NaN))
            .toArray();
    NavigableMap<Integer, List<Observation>> rows = new TreeMap<>();
    for (String label : labels) {
      String place = along.getAxis() + " = " + label;
      Samples at = terms.samples(term, line.at(along.getAxis(), label), words + " at " + place);
      Optional<String> lacking = at.gaps().obstacle(at.words());
      if (lacking.isPresent() || at.size() == 0) {
        return Samples.untold(
            words,
            lacking.orElse("no result at " + place + " for: " + words + at.gaps().allFailed()));
      }
      at.values()
          .forEach(
              (repetition, value) ->
                  rows.computeIfAbsent(repetition, any -> new ArrayList<>()).add(value));
    }
    rows.values().removeIf(row -> row.size() < labels.size());
    NavigableMap<Integer, Observation> told = new TreeMap<>();
    for (var row : rows.entrySet()) {
      String obstacle = obstacle(along.getTake(), row.getValue());
      if (!obstacle.isEmpty()) {
        return Samples.untold(words, words + " cannot be told: " + obstacle);
      }
      told.put(row.getKey(), summary(along.getTake(), numbers, row.getValue()));
    }
    return Samples.of(words, told, Gaps.NONE);
  }

  /** Why a repetition has no such summary; empty when it has. */
  private static String obstacle(Along.Take take, List<Observation> row) {
    boolean anyCensored = row.stream().anyMatch(Observation::censored);
    return switch (take) {
      case LARGEST, UNSPECIFIED, UNRECOGNIZED -> "";
      case NUMBER_OF_LARGEST ->
          anyCensored && !censoredAloneAndLargest(row)
              ? "censored values leave open which is the largest"
              : "";
      case SLOPE_PER_DOUBLING -> anyCensored ? "a censored value has no place on a line" : "";
      case EXPONENT -> {
        if (anyCensored) {
          yield "a censored value has no place on a line";
        }
        double least = row.stream().mapToDouble(Observation::value).min().orElse(Double.NaN);
        yield least > 0 ? "" : "the value " + Wording.number(least) + " has no logarithm";
      }
    };
  }

  private static boolean censoredAloneAndLargest(List<Observation> row) {
    Observation largest = row.get(positionOfLargest(row));
    double bound =
        row.stream()
            .filter(Observation::censored)
            .mapToDouble(Observation::value)
            .max()
            .orElse(Double.NEGATIVE_INFINITY);
    return row.stream().filter(Observation::censored).count() == 1 && bound >= largest.value();
  }

  private static Observation summary(Along.Take take, double[] numbers, List<Observation> row) {
    double[] values = row.stream().mapToDouble(Observation::value).toArray();
    return switch (take) {
      case LARGEST, UNSPECIFIED, UNRECOGNIZED ->
          new Observation(
              Arrays.stream(values).max().orElse(Double.NaN),
              row.stream().anyMatch(Observation::censored));
      case NUMBER_OF_LARGEST -> Observation.of(numbers[positionOfLargest(row)]);
      case SLOPE_PER_DOUBLING ->
          Observation.of(
              LeastSquares.slope(
                  Arrays.stream(numbers).map(n -> StrictMath.log(n) / StrictMath.log(2)).toArray(),
                  values));
      case EXPONENT ->
          Observation.of(
              LeastSquares.slope(
                  Arrays.stream(numbers).map(StrictMath::log).toArray(),
                  Arrays.stream(values).map(StrictMath::log).toArray()));
    };
  }

  /** The first of equals; of a censored value and its equal, the censored one, which is larger. */
  private static int positionOfLargest(List<Observation> row) {
    int best = 0;
    for (int i = 1; i < row.size(); i++) {
      double value = row.get(i).value();
      double largest = row.get(best).value();
      boolean isLarger =
          value > largest
              || (value == largest && row.get(i).censored() && !row.get(best).censored());
      best = isLarger ? i : best;
    }
    return best;
  }
}
