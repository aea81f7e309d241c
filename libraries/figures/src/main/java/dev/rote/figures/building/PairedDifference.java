package dev.rote.figures.building;

import dev.rote.figures.building.Finding.Bound;
import dev.rote.figures.building.Finding.Found;
import dev.rote.figures.building.Finding.Undecided;
import dev.rote.figures.statistics.Interval;
import dev.rote.figures.statistics.MeanInterval;
import dev.rote.v1.ClaimSpec;
import java.util.Optional;

/**
 * The difference of two terms paired by repetition: the end of its 95 % interval that is less
 * favourable to the claim, or the plain difference of a single repetition.
 *
 * <p>Censored values stand at their bounds. With a censored minuend the mean difference of the
 * values cut off there (the restricted mean of survival analysis) is at most that of the values
 * themselves, so the lower end of its interval is one for the mean itself: it may speak for a claim
 * that the difference is large, as "at least". Against a claim that it is small speaks only the
 * mean at the bounds, which every completion of the values exceeds. A censored subtrahend is the
 * mirror image; with both nothing is known.
 */
final class PairedDifference {

  private PairedDifference() {}

  static Finding of(
      Samples minuend, Samples subtrahend, String words, ClaimSpec.Comparison comparison) {
    Optional<Undecided> undecided = minuend.undecided().or(subtrahend::undecided);
    if (undecided.isPresent()) {
      return undecided.get();
    }
    Samples a = minuend.pairedWith(subtrahend);
    Samples b = subtrahend.pairedWith(minuend);
    if (a.size() == 0) {
      return Undecided.missing(words + " in the same repetition");
    }
    if (a.endless() || b.endless()) {
      return new Found(
          Comparisons.favoursHigh(comparison) ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY,
          words,
          Bound.ENDLESS);
    }
    if (a.censored() > 0 && b.censored() > 0) {
      return new Undecided(
          "both sides are censored, so their difference is open: "
              + words
              + Wording.format(
                  " (%d and %d of %s)", a.censored(), b.censored(), Wording.repetitions(a.size())));
    }
    Bound bound =
        a.censored() > 0 ? Bound.AT_LEAST : b.censored() > 0 ? Bound.AT_MOST : Bound.EXACT;
    Found found = of(MeanInterval.ofDifferences(a.array(), b.array()), words, bound, comparison);
    String censored =
        Wording.censored(
            a.censored() > 0 ? "at least" : "at most", a.censored() + b.censored(), a.size());
    return new Found(found.statistic(), found.words() + censored, bound);
  }

  /** The less favourable end of an interval of differences. */
  static Found of(Interval mean, String words, Bound bound, ClaimSpec.Comparison comparison) {
    if (mean.samples() == 1) {
      return new Found(mean.estimate(), words + " (one repetition)", bound);
    }
    boolean high = Comparisons.favoursHigh(comparison);
    boolean speaksAgainstOnly = bound == (high ? Bound.AT_MOST : Bound.AT_LEAST);
    if (speaksAgainstOnly) {
      return new Found(
          mean.estimate(),
          words + ": mean of the difference paired over " + Wording.repetitions(mean.samples()),
          bound);
    }
    return new Found(
        high ? mean.low() : mean.high(),
        words
            + Wording.format(
                ": %s end of the 95 %% interval of the difference paired over %s (mean %s)",
                high ? "lower" : "upper",
                Wording.repetitions(mean.samples()),
                Wording.number(mean.estimate())),
        bound);
  }
}
