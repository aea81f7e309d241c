package dev.rote.figures.building;

import dev.rote.figures.ShortNumber;
import dev.rote.figures.building.Finding.Found;
import dev.rote.figures.building.Finding.Undecided;
import dev.rote.figures.statistics.Dispersion;
import dev.rote.figures.statistics.Interval;
import dev.rote.figures.statistics.KendallTau;
import dev.rote.figures.statistics.MeanInterval;
import dev.rote.figures.study.ErrorCounts;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.Difference;
import dev.rote.v1.Term;
import dev.rote.v1.Trend;
import dev.rote.v1.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;

/** Judges claims by their statistics, never by eye. */
final class ClaimJudge {
  private static final int LEAST_LABELS_OF_A_TREND = 3;

  private final TermValues terms;

  ClaimJudge(StudyData data) {
    this.terms = new TermValues(data);
  }

  Verdict judge(ClaimSpec claim) {
    Verdict.Builder verdict =
        Verdict.newBuilder()
            .setClaim(claim.getClaim())
            .setComparison(words(claim.getComparison()))
            .setThreshold(claim.getThreshold());
    Finding finding = find(claim);
    if (finding instanceof Found found && Double.isFinite(found.statistic())) {
      return verdict
          .setStatistic(found.statistic())
          .setStatisticName(found.words())
          .setHolds(holds(found.statistic(), claim))
          .build();
    }
    String reason =
        finding instanceof Undecided undecided
            ? undecided.reason()
            : "the statistic is not a finite number: there is no spread to compare with";
    return verdict
        .setStatistic(Double.NaN)
        .setStatisticName(intended(claim))
        .setUndecided(reason)
        .build();
  }

  private Finding find(ClaimSpec claim) {
    return switch (claim.getStatisticCase()) {
      case VALUE -> value(claim.getValue());
      case DIFFERENCE -> difference(claim.getDifference(), claim.getComparison());
      case TREND -> trend(claim.getTrend());
      case STATISTIC_NOT_SET -> new Undecided("the claim states no statistic");
    };
  }

  private Finding value(Term term) {
    String words = TermValues.words(term, term.getLabel());
    if (TermValues.isDispersion(term)) {
      Optional<ErrorCounts> counts = terms.counts(term, term.getLabel());
      if (counts.isEmpty()) {
        return missing(words);
      }
      Interval dispersion = Dispersion.of(counts.get().errors(), counts.get().repetitions());
      return new Found(
          dispersion.estimate(),
          words
              + " over "
              + repetitions(counts.get().repetitions())
              + format(
                  " and %d examples (95 %% bootstrap interval %s to %s)",
                  dispersion.samples(), number(dispersion.low()), number(dispersion.high())));
    }
    double[] values = array(terms.perRepetition(term, term.getLabel()));
    if (values.length == 0) {
      return missing(words);
    }
    Interval mean = MeanInterval.of(values);
    String spread =
        values.length == 1
            ? " (one repetition)"
            : format(
                ", mean over %s (95 %% interval %s to %s)",
                repetitions(values.length), number(mean.low()), number(mean.high()));
    return new Found(mean.estimate(), words + spread);
  }

  private Finding difference(Difference difference, ClaimSpec.Comparison comparison) {
    Term minuend = difference.getMinuend();
    Term subtrahend = difference.getSubtrahend();
    String words = words(difference);
    if (TermValues.isDispersion(minuend) != TermValues.isDispersion(subtrahend)) {
      return new Undecided(
          "a dispersion has one value per line and cannot be paired with a value per repetition");
    }
    if (TermValues.isDispersion(minuend)) {
      return dispersionDifference(difference, comparison, words);
    }
    NavigableMap<Integer, Double> a = terms.perRepetition(minuend, minuend.getLabel());
    NavigableMap<Integer, Double> b = terms.perRepetition(subtrahend, subtrahend.getLabel());
    a.keySet().retainAll(b.keySet());
    b.keySet().retainAll(a.keySet());
    if (a.isEmpty()) {
      return missing(words);
    }
    Interval mean = MeanInterval.ofDifferences(array(a), array(b));
    if (mean.samples() == 1) {
      return new Found(mean.estimate(), words + " (one repetition)");
    }
    return new Found(
        favoursHigh(comparison) ? mean.low() : mean.high(),
        words
            + format(
                ": %s end of the 95 %% interval of the difference paired over %s (mean %s)",
                favoursHigh(comparison) ? "lower" : "upper",
                repetitions(mean.samples()),
                number(mean.estimate())));
  }

  private Finding dispersionDifference(
      Difference difference, ClaimSpec.Comparison comparison, String words) {
    Term minuend = difference.getMinuend();
    Term subtrahend = difference.getSubtrahend();
    Optional<ErrorCounts> a = terms.counts(minuend, minuend.getLabel());
    Optional<ErrorCounts> b = terms.counts(subtrahend, subtrahend.getLabel());
    if (a.isEmpty() || b.isEmpty()) {
      return missing(words);
    }
    Interval interval =
        Dispersion.ofDifference(
            a.get().errors(), a.get().repetitions(), b.get().errors(), b.get().repetitions());
    return new Found(
        favoursHigh(comparison) ? interval.low() : interval.high(),
        words
            + format(
                ": %s end of the 95 %% bootstrap interval over %d examples (difference %s)",
                favoursHigh(comparison) ? "lower" : "upper",
                interval.samples(),
                number(interval.estimate())));
  }

  private Finding trend(Trend trend) {
    List<String> labels = trend.getLabelsList();
    Term term = trend.getTerm();
    if (labels.size() < LEAST_LABELS_OF_A_TREND) {
      return new Undecided("a trend needs at least 3 labels, had " + labels.size());
    }
    double[] means = new double[labels.size()];
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      Finding value = value(term.toBuilder().setLabel(labels.get(i)).build());
      if (!(value instanceof Found found)) {
        return value;
      }
      means[i] = found.statistic();
      if (!Double.isFinite(means[i])) {
        return new Undecided(TermValues.words(term, labels.get(i)) + " is not a finite number");
      }
      shown.add(number(means[i]));
    }
    return new Found(
        KendallTau.againstOrder(means), words(trend) + " (means " + String.join(", ", shown) + ")");
  }

  private static Undecided missing(String words) {
    return new Undecided("no result for: " + words);
  }

  /** What would have been computed, for a claim that stays undecided. */
  private static String intended(ClaimSpec claim) {
    return switch (claim.getStatisticCase()) {
      case VALUE -> TermValues.words(claim.getValue(), claim.getValue().getLabel());
      case DIFFERENCE -> words(claim.getDifference());
      case TREND -> words(claim.getTrend());
      case STATISTIC_NOT_SET -> "none";
    };
  }

  private static String words(Difference difference) {
    Term minuend = difference.getMinuend();
    Term subtrahend = difference.getSubtrahend();
    return TermValues.words(minuend, minuend.getLabel())
        + " minus "
        + TermValues.words(subtrahend, subtrahend.getLabel());
  }

  private static String words(Trend trend) {
    return "Kendall's tau-b of "
        + TermValues.words(trend.getTerm(), "")
        + " along "
        + String.join(", ", trend.getLabelsList());
  }

  private static boolean favoursHigh(ClaimSpec.Comparison comparison) {
    return switch (comparison) {
      case ABOVE, AT_LEAST, UNSPECIFIED, UNRECOGNIZED -> true;
      case BELOW, AT_MOST -> false;
    };
  }

  private static boolean holds(double statistic, ClaimSpec claim) {
    double threshold = claim.getThreshold();
    return switch (claim.getComparison()) {
      case ABOVE, UNSPECIFIED, UNRECOGNIZED -> statistic > threshold;
      case BELOW -> statistic < threshold;
      case AT_LEAST -> statistic >= threshold;
      case AT_MOST -> statistic <= threshold;
    };
  }

  private static String words(ClaimSpec.Comparison comparison) {
    return switch (comparison) {
      case ABOVE, UNSPECIFIED, UNRECOGNIZED -> "above";
      case BELOW -> "below";
      case AT_LEAST -> "at least";
      case AT_MOST -> "at most";
    };
  }

  private static double[] array(NavigableMap<Integer, Double> values) {
    return values.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static String repetitions(int count) {
    return count == 1 ? "1 repetition" : count + " repetitions";
  }

  private static String number(double value) {
    return ShortNumber.of(value);
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
