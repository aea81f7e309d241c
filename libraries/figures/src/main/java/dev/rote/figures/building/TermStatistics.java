package dev.rote.figures.building;

import dev.rote.figures.building.Finding.Bound;
import dev.rote.figures.building.Finding.Found;
import dev.rote.figures.building.Finding.Undecided;
import dev.rote.figures.statistics.Interval;
import dev.rote.figures.statistics.KendallTau;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.Difference;
import dev.rote.v1.Term;
import dev.rote.v1.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Claims about one term, two terms, and a term along labels. */
final class TermStatistics {
  private static final int LEAST_LABELS_OF_A_TREND = 3;

  private final TermValues terms;
  private final DispersionStatistic dispersions;
  private final SharedShareStatistic shares;

  TermStatistics(StudyData data, TermValues terms) {
    this.terms = terms;
    this.dispersions = new DispersionStatistic(data, terms);
    this.shares = new SharedShareStatistic(data, terms);
  }

  Finding value(ClaimSpec claim) {
    Term term = claim.getValue();
    if (TermValues.isShareOfLine(term)) {
      return shares.value(term);
    }
    if (TermValues.isOfLine(term)) {
      return dispersions.value(term);
    }
    Samples samples = terms.of(term, term.getLabel());
    return value(
        term, countsWorst(claim) ? worst(term, samples, favoursHigh(claim)) : samples, claim);
  }

  /** Mean over repetitions: a lower bound where one of them is censored. */
  private static Finding value(Term term, Samples samples, ClaimSpec claim) {
    Optional<Undecided> undecided = samples.undecided();
    if (undecided.isPresent()) {
      return undecided.get();
    }
    if (samples.endless()) {
      double worst = MetricRange.of(term).worst(favoursHigh(claim));
      return new Found(worst, samples.words(), Bound.ENDLESS);
    }
    Interval mean = MetricRange.of(term).mean(samples.array());
    String spread =
        samples.size() == 1
            ? " (one repetition)"
            : Wording.format(
                ", mean over %s (95 %% interval %s to %s)",
                Wording.repetitions(samples.size()),
                Wording.number(mean.low()),
                Wording.number(mean.high()));
    return new Found(
        mean.estimate(),
        samples.words()
            + spread
            + Wording.censored("at least", samples.censored(), samples.size())
            + samples.gaps().failed(),
        samples.censored() > 0 ? Bound.AT_LEAST : Bound.EXACT);
  }

  static boolean countsWorst(ClaimSpec claim) {
    return claim.getDiverged() == ClaimSpec.Diverged.WORST;
  }

  static boolean favoursHigh(ClaimSpec claim) {
    return Comparisons.favoursHigh(claim.getComparison());
  }

  static Samples worst(Term term, Samples samples, boolean claimedHigh) {
    return samples.countingDivergedAs(MetricRange.of(term).worst(claimedHigh));
  }

  Finding difference(ClaimSpec claim) {
    Difference difference = claim.getDifference();
    Term minuend = difference.getMinuend();
    Term subtrahend = difference.getSubtrahend();
    if (TermValues.isShareOfLine(minuend) && TermValues.isShareOfLine(subtrahend)) {
      return shares.difference(difference, words(difference));
    }
    if (TermValues.isOfLine(minuend) != TermValues.isOfLine(subtrahend)) {
      return new Undecided(
          "a dispersion has one value per line and cannot be paired with a value per repetition");
    }
    String words = words(difference);
    if (TermValues.isOfLine(minuend)) {
      return dispersions.difference(difference, words, claim.getComparison());
    }
    Samples a = terms.of(minuend, minuend.getLabel());
    Samples b = terms.of(subtrahend, subtrahend.getLabel());
    if (!countsWorst(claim)) {
      return PairedDifference.of(a, b, words, claim.getComparison());
    }
    Samples worstA = worst(minuend, a, favoursHigh(claim));
    Samples worstB = worst(subtrahend, b, !favoursHigh(claim));
    return PairedDifference.of(
        worstA, worstB, worstA.words() + " minus " + worstB.words(), claim.getComparison());
  }

  Finding trend(Trend trend) {
    List<String> labels = trend.getLabelsList();
    Term term = trend.getTerm();
    if (labels.size() < LEAST_LABELS_OF_A_TREND) {
      return new Undecided("a trend needs at least 3 labels, had " + labels.size());
    }
    double[] means = new double[labels.size()];
    boolean[] censored = new boolean[labels.size()];
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      Finding value =
          value(ClaimSpec.newBuilder().setValue(term.toBuilder().setLabel(labels.get(i))).build());
      if (!(value instanceof Found found)) {
        return value;
      }
      means[i] = found.statistic();
      censored[i] = found.bound() == Bound.AT_LEAST;
      if (!Double.isFinite(means[i])) {
        return new Undecided(TermWords.of(term, labels.get(i)) + " is not a finite number");
      }
      shown.add((censored[i] ? "at least " : "") + Wording.number(means[i]));
    }
    return new Found(
        KendallTau.againstOrder(means, censored),
        words(trend) + " (means " + String.join(", ", shown) + ")");
  }

  static String words(Difference difference) {
    Term minuend = difference.getMinuend();
    Term subtrahend = difference.getSubtrahend();
    return TermWords.of(minuend, minuend.getLabel())
        + " minus "
        + TermWords.of(subtrahend, subtrahend.getLabel());
  }

  static String words(Trend trend) {
    return "Kendall's tau-b of "
        + TermWords.of(trend.getTerm(), "")
        + " along "
        + String.join(", ", trend.getLabelsList());
  }
}
