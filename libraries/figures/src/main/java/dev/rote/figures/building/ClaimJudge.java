package dev.rote.figures.building;

import dev.rote.figures.building.Finding.Bound;
import dev.rote.figures.building.Finding.Found;
import dev.rote.figures.building.Finding.Undecided;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.Verdict;

/**
 * Judges claims by their statistics, never by eye. Where censored values leave a statistic open, a
 * claim is judged only if nothing that they may be would change the verdict. A repetition that
 * diverged has no last value, nor one after its divergence: a claim that needs it is undecided, or
 * counts it as the worst ({@code ClaimSpec.diverged}). So is one whose repetitions have not all
 * ended.
 */
final class ClaimJudge {
  private final TermStatistics terms;
  private final TradeoffStatistic tradeoffs;
  private final ReversalsStatistic reversals;

  ClaimJudge(StudyData data) {
    TermValues values = new TermValues(data);
    this.terms = new TermStatistics(data, values);
    this.tradeoffs = new TradeoffStatistic(values);
    this.reversals = new ReversalsStatistic(values);
  }

  Verdict judge(ClaimSpec claim) {
    Finding finding = find(claim);
    if (finding instanceof Undecided open) {
      return undecided(claim, open.reason());
    }
    Found found = (Found) finding;
    if (!Double.isFinite(found.statistic()) && found.bound() != Bound.ENDLESS) {
      return undecided(
          claim, "the statistic is not a finite number: there is no spread to compare with");
    }
    boolean holds = Comparisons.holds(found.statistic(), claim);
    if (!Comparisons.settles(found.bound(), holds, claim.getComparison())) {
      return undecided(claim, open(found, claim));
    }
    return verdict(claim)
        .setStatistic(found.statistic())
        .setStatisticName(found.words())
        .setHolds(holds)
        .build();
  }

  private static String open(Found found, ClaimSpec claim) {
    return found.words()
        + (found.bound() == Bound.AT_LEAST ? ", so it is at least " : ", so it is at most ")
        + Wording.number(found.statistic())
        + ", which leaves open whether it is "
        + Comparisons.words(claim.getComparison())
        + " "
        + Wording.number(claim.getThreshold());
  }

  private static Verdict undecided(ClaimSpec claim, String reason) {
    return verdict(claim)
        .setStatistic(Double.NaN)
        .setStatisticName(intended(claim))
        .setUndecided(reason)
        .build();
  }

  static Verdict.Builder verdict(ClaimSpec claim) {
    return Verdict.newBuilder()
        .setClaim(claim.getClaim())
        .setComparison(Comparisons.words(claim.getComparison()))
        .setThreshold(claim.getThreshold());
  }

  private Finding find(ClaimSpec claim) {
    return switch (claim.getStatisticCase()) {
      case VALUE -> terms.value(claim);
      case DIFFERENCE -> terms.difference(claim);
      case TREND -> terms.trend(claim.getTrend());
      case TRADEOFF -> tradeoffs.find(claim.getTradeoff(), claim.getComparison());
      case REVERSALS -> reversals.find(claim.getReversals());
      case STATISTIC_NOT_SET -> new Undecided("the claim states no statistic");
    };
  }

  /** What would have been computed, for a claim that stays undecided. */
  static String intended(ClaimSpec claim) {
    return switch (claim.getStatisticCase()) {
      case VALUE -> TermWords.of(claim.getValue(), claim.getValue().getLabel());
      case DIFFERENCE -> TermStatistics.words(claim.getDifference());
      case TREND -> TermStatistics.words(claim.getTrend());
      case TRADEOFF -> TradeoffStatistic.words(claim.getTradeoff());
      case REVERSALS -> ReversalsStatistic.words(claim.getReversals());
      case STATISTIC_NOT_SET -> "none";
    };
  }
}
