package dev.rote.figures.building;

import dev.rote.figures.building.Finding.Bound;
import dev.rote.figures.building.Finding.Undecided;
import dev.rote.figures.statistics.KendallTau;
import dev.rote.figures.study.Observation;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.Difference;
import dev.rote.v1.Term;
import dev.rote.v1.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Evidence of claims while repetitions come in. What diverged, failed or is censored counts by the
 * claim's own rule, as in {@link ClaimJudge}, and is never left out.
 */
final class ClaimEvidence {
  private static final Observation NONE = Observation.of(Double.NaN);

  private final TermValues terms;
  private final DispersionStatistic dispersions;
  private final TradeoffStatistic tradeoffs;
  private final ReversalsStatistic reversals;

  /**
   * @param atMost repetitions of the last look, which dispersions are judged at
   */
  ClaimEvidence(StudyData data, int atMost) {
    this.terms = new TermValues(data);
    this.dispersions = new DispersionStatistic(data, terms, atMost);
    this.tradeoffs = new TradeoffStatistic(terms);
    this.reversals = new ReversalsStatistic(terms);
  }

  Evidence of(ClaimSpec claim) {
    return switch (claim.getStatisticCase()) {
      case VALUE -> value(claim);
      case DIFFERENCE -> difference(claim);
      case TREND -> trend(claim.getTrend());
      case TRADEOFF -> tradeoffs.evidence(claim.getTradeoff());
      case REVERSALS -> reversals.evidence(claim.getReversals());
      case STATISTIC_NOT_SET -> new Evidence.Never("the claim states no statistic");
    };
  }

  private Evidence value(ClaimSpec claim) {
    Term term = claim.getValue();
    if (TermValues.isShareOfLine(term)) {
      return shareOfLine();
    }
    if (TermValues.isOfLine(term)) {
      return dispersions.evidence(term);
    }
    Samples all = terms.of(term, term.getLabel());
    Samples samples =
        TermStatistics.countsWorst(claim)
            ? TermStatistics.worst(term, all, TermStatistics.favoursHigh(claim))
            : all;
    Optional<Undecided> undecided = samples.undecided();
    if (undecided.isPresent()) {
      return new Evidence.Never(undecided.get().reason());
    }
    if (samples.endless()) {
      return new Evidence.Endless(samples.words());
    }
    return new Evidence.Values(
        samples.array(),
        MetricRange.of(term),
        samples.censored() > 0 ? Bound.AT_LEAST : Bound.EXACT,
        samples.words()
            + ", mean"
            + Wording.censored("at least", samples.censored(), samples.size())
            + samples.gaps().failed());
  }

  private static Evidence shareOfLine() {
    return new Evidence.Never(
        "a share of what holds in every repetition falls with their number: it is judged in a"
            + " sweep of fixed repetitions");
  }

  private Evidence difference(ClaimSpec claim) {
    Difference difference = claim.getDifference();
    Term minuend = difference.getMinuend();
    Term subtrahend = difference.getSubtrahend();
    if (TermValues.isShareOfLine(minuend) || TermValues.isShareOfLine(subtrahend)) {
      return shareOfLine();
    }
    if (TermValues.isOfLine(minuend)) {
      return dispersions.evidence(difference, TermStatistics.words(difference));
    }
    Samples a = terms.of(minuend, minuend.getLabel());
    Samples b = terms.of(subtrahend, subtrahend.getLabel());
    String words = TermStatistics.words(difference);
    if (TermStatistics.countsWorst(claim)) {
      boolean high = TermStatistics.favoursHigh(claim);
      a = TermStatistics.worst(minuend, a, high);
      b = TermStatistics.worst(subtrahend, b, !high);
      words = a.words() + " minus " + b.words();
    }
    return paired(a, b, words);
  }

  /** The differences of two terms, paired by repetition. */
  static Evidence paired(Samples minuend, Samples subtrahend, String words) {
    Optional<Undecided> undecided = minuend.undecided().or(subtrahend::undecided);
    if (undecided.isPresent()) {
      return new Evidence.Never(undecided.get().reason());
    }
    Samples a = minuend.pairedWith(subtrahend);
    Samples b = subtrahend.pairedWith(minuend);
    if (a.size() == 0) {
      return new Evidence.Never(Undecided.missing(words + " in the same repetition").reason());
    }
    if (a.endless() || b.endless()) {
      return new Evidence.Endless(words);
    }
    if (a.censored() > 0 && b.censored() > 0) {
      return new Evidence.Never("both sides are censored, so their difference is open: " + words);
    }
    double[] differences = a.array();
    double[] subtracted = b.array();
    for (int i = 0; i < differences.length; i++) {
      differences[i] -= subtracted[i];
    }
    Bound bound =
        a.censored() > 0 ? Bound.AT_LEAST : b.censored() > 0 ? Bound.AT_MOST : Bound.EXACT;
    return new Evidence.Values(
        differences,
        MetricRange.ANY,
        bound,
        words
            + ", mean paired by repetition"
            + Wording.censored(
                a.censored() > 0 ? "at least" : "at most", a.censored() + b.censored(), a.size()));
  }

  private Evidence trend(Trend trend) {
    List<Samples> samples =
        trend.getLabelsList().stream().map(label -> terms.of(trend.getTerm(), label)).toList();
    Optional<Evidence.Never> never = never(samples);
    if (never.isPresent()) {
      return never.get();
    }
    boolean[] censored = new boolean[samples.size()];
    for (int i = 0; i < censored.length; i++) {
      censored[i] = samples.get(i).censored() > 0;
    }
    return new Evidence.OfMeans(
        rows(samples),
        means -> KendallTau.againstOrder(means, censored),
        TermStatistics.words(trend) + " of means over repetitions");
  }

  /** Why samples tell nothing together: one of them does not, or they share no repetition. */
  static Optional<Evidence.Never> never(List<Samples> samples) {
    for (Samples one : samples) {
      Optional<Undecided> undecided = one.undecided();
      if (undecided.isPresent()) {
        return Optional.of(new Evidence.Never(undecided.get().reason()));
      }
    }
    return shared(samples).isEmpty()
        ? Optional.of(new Evidence.Never("no repetition has all of: " + samples.get(0).words()))
        : Optional.empty();
  }

  private static Set<Integer> shared(List<Samples> samples) {
    Set<Integer> shared = new TreeSet<>(samples.get(0).values().keySet());
    samples.forEach(one -> shared.retainAll(one.values().keySet()));
    return shared;
  }

  /** float64[R, samples] of the repetitions that all of them have. */
  static double[][] rows(List<Samples> samples) {
    List<double[]> rows = new ArrayList<>();
    for (int repetition : shared(samples)) {
      rows.add(
          samples.stream()
              .mapToDouble(one -> one.values().getOrDefault(repetition, NONE).value())
              .toArray());
    }
    return rows.toArray(double[][]::new);
  }
}
