package dev.rote.spec;

import dev.rote.v1.Along;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.Difference;
import dev.rote.v1.Metric;
import dev.rote.v1.Reversals;
import dev.rote.v1.Term;
import dev.rote.v1.TradeoffGap;
import dev.rote.v1.Trend;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of claims and the terms in them. */
final class ClaimChecks {
  private final FigureReferences references;

  ClaimChecks(FigureReferences references) {
    this.references = references;
  }

  /** Whether a metric has one value a series, over all repetitions, instead of one a trial. */
  static boolean isOfSeries(Metric metric) {
    return switch (metric.getKind()) {
      case DISPERSION, DISPERSION_WITHIN_CLASSES, SHARE_IN_EVERY_REPETITION -> true;
      default -> false;
    };
  }

  void claim(Checks checks, ClaimSpec claim) {
    checks.require(
        !claim.getClaim().isBlank(),
        "claim",
        "must be the sentence that is judged; it is not written");
    checks.require(
        Double.isFinite(claim.getThreshold()),
        "threshold",
        "must be finite, was " + claim.getThreshold());
    diverged(checks, claim);
    switch (claim.getStatisticCase()) {
      case VALUE -> labelled(checks.in("value"), claim.getValue());
      case DIFFERENCE -> difference(checks.in("difference"), claim.getDifference());
      case TREND -> trend(checks.in("trend"), claim.getTrend());
      case TRADEOFF -> tradeoff(checks.in("tradeoff"), claim.getTradeoff());
      case REVERSALS -> reversals(checks.in("reversals"), claim.getReversals());
      case STATISTIC_NOT_SET ->
          checks.violate(
              "",
              "must have one of value, difference, trend, tradeoff, reversals; none is written");
    }
  }

  private static void diverged(Checks checks, ClaimSpec claim) {
    if (claim.getDiverged() != ClaimSpec.Diverged.WORST) {
      return;
    }
    List<Term> terms =
        switch (claim.getStatisticCase()) {
          case VALUE -> List.of(claim.getValue());
          case DIFFERENCE ->
              List.of(claim.getDifference().getMinuend(), claim.getDifference().getSubtrahend());
          case TREND, TRADEOFF, REVERSALS, STATISTIC_NOT_SET -> List.of();
        };
    checks.require(!terms.isEmpty(), "diverged", "WORST is for value and difference: leave it out");
    checks.require(
        terms.stream().noneMatch(term -> term.hasAlong() || isOfSeries(term.getMetric())),
        "diverged",
        "WORST is for terms without `along`, of metrics with a value a trial: leave it out");
  }

  private void difference(Checks checks, Difference difference) {
    labelled(checks.in("minuend"), difference.getMinuend());
    labelled(checks.in("subtrahend"), difference.getSubtrahend());
    checks.require(
        !difference.getMinuend().equals(difference.getSubtrahend()),
        "subtrahend",
        "must be another term than the minuend: their difference is 0, whatever comes out");
    checks.require(
        isOfSeries(difference.getMinuend().getMetric())
            == isOfSeries(difference.getSubtrahend().getMetric()),
        "",
        "must not mix a metric with one value a series with one that has a value a trial");
    checks.require(
        isShareInEvery(difference.getMinuend().getMetric())
            == isShareInEvery(difference.getSubtrahend().getMetric()),
        "",
        "must not mix a share with a dispersion");
  }

  private static boolean isShareInEvery(Metric metric) {
    return metric.getKind() == Metric.Kind.SHARE_IN_EVERY_REPETITION;
  }

  private void trend(Checks checks, Trend trend) {
    String axis = unlabelled(checks.in("term"), trend.getTerm());
    List<String> labels = trend.getLabelsList();
    checks.require(labels.size() >= 3, "labels", "must be at least 3, were " + labels.size());
    references.labels(checks, "labels", axis, labels);
  }

  private void tradeoff(Checks checks, TradeoffGap gap) {
    String axis = references.seriesAxis(checks, gap.getSeries(), "", gap.getX().getWhereMap());
    tradeoffTerms(checks, axis, gap.getX(), gap.getY());
    checks.require(gap.getLabelsCount() > 0, "labels", "must be at least 1, were 0");
    checks.require(gap.getAgainstCount() > 0, "against", "must be at least 1, were 0");
    references.labels(checks, "labels", axis, gap.getLabelsList());
    references.labels(checks, "against", axis, gap.getAgainstList());
    references.label(checks, "reference", axis, gap.getReference());
    checks.require(
        gap.getCompare() != TradeoffGap.Compare.UNSPECIFIED,
        "compare",
        "must be one of LOWEST_X, SLOPE; it is not written");
    checks.notNegative("slack", gap.getSlack());
    checks.require(
        !gap.hasSlack() || gap.getCompare() == TradeoffGap.Compare.LOWEST_X,
        "slack",
        "is for LOWEST_X alone");
  }

  private void reversals(Checks checks, Reversals reversals) {
    String first = unlabelled(checks.in("first"), reversals.getFirst());
    String second = unlabelled(checks.in("second"), reversals.getSecond());
    checks.require(
        first.equals(second),
        "second.series",
        "must be the axis of the first term, " + first + ", was " + second);
    checks.require(
        !isOfSeries(reversals.getFirst().getMetric())
            && !isOfSeries(reversals.getSecond().getMetric()),
        "",
        "needs metrics with a value a trial");
    checks.require(
        reversals.getLabelsCount() >= 2,
        "labels",
        "must be at least 2, were " + reversals.getLabelsCount());
    references.labels(checks, "labels", first, reversals.getLabelsList());
  }

  /** Terms of a tradeoff: the axis of the labels is given, all others are fixed by the terms. */
  void tradeoffTerms(Checks checks, String axis, Term x, Term y) {
    tradeoffTerm(checks.in("x"), axis, x);
    tradeoffTerm(checks.in("y"), axis, y);
  }

  private void tradeoffTerm(Checks checks, String axis, Term term) {
    bare(checks, term);
    references.where(checks, Set.of(axis), term.getWhereMap());
    checks.require(!isOfSeries(term.getMetric()), "metric.kind", "must have a value a trial");
    checks.require(
        term.getMetric().getKind() != Metric.Kind.EPOCHS_TO_ACCURACY,
        "metric.kind",
        "EPOCHS_TO_ACCURACY may be censored, which a tradeoff cannot show: draw it in a profile");
  }

  /** A term that takes label, series and axes from where it stands. */
  void bare(Checks checks, Term term) {
    references.metric(checks.in("metric"), term.getMetric());
    moment(checks, term);
    checks.require(term.getLabel().isEmpty(), "label", "is not for here: leave it out");
    checks.require(term.getSeries().isEmpty(), "series", "is not for here: leave it out");
    checks.require(!term.hasAlong(), "along", "is not for here: leave it out");
  }

  private void labelled(Checks checks, Term term) {
    references.label(checks, "label", term(checks, term), term.getLabel());
  }

  private String unlabelled(Checks checks, Term term) {
    checks.require(term.getLabel().isEmpty(), "label", "is one of labels here: leave it out");
    return term(checks, term);
  }

  /** Checks a term but for its label; the axis of its label. */
  private String term(Checks checks, Term term) {
    references.metric(checks.in("metric"), term.getMetric());
    moment(checks, term);
    if (!term.hasAlong()) {
      String axis = references.seriesAxis(checks, term.getSeries(), "", term.getWhereMap());
      references.where(checks, Set.of(axis), term.getWhereMap());
      return axis;
    }
    Along along = term.getAlong();
    Checks at = checks.in("along");
    String axis =
        references.seriesAxis(checks, term.getSeries(), along.getAxis(), term.getWhereMap());
    references.axis(at, "axis", along.getAxis());
    references.labels(at, "labels", along.getAxis(), along.getLabelsList());
    at.require(
        along.getLabelsCount() != 1, "labels", "must be several, or left out for all of them");
    boolean slope =
        along.getTake() == Along.Take.SLOPE_PER_DOUBLING || along.getTake() == Along.Take.EXPONENT;
    if (along.getTake() != Along.Take.LARGEST) {
      references.numbers(at, "axis", along.getAxis(), along.getLabelsList(), slope);
    }
    at.require(
        along.getTake() != Along.Take.UNSPECIFIED,
        "take",
        "must be one of LARGEST, NUMBER_OF_LARGEST, SLOPE_PER_DOUBLING, EXPONENT; it is not"
            + " written");
    at.require(!isOfSeries(term.getMetric()), "", "needs a metric with a value a trial");
    at.require(
        !along.getAxis().equals(axis), "axis", "must be another axis than that of the label");
    Set<String> free = new HashSet<>(List.of(along.getAxis()));
    free.add(axis);
    references.where(checks, free, term.getWhereMap());
    return axis;
  }

  private static void moment(Checks checks, Term term) {
    checks.require(
        (term.getMoment() == Term.Moment.AT_EPOCH) == term.hasEpoch(),
        "epoch",
        term.hasEpoch()
            ? "is for the moment AT_EPOCH alone"
            : "must be written for the moment AT_EPOCH");
  }
}
