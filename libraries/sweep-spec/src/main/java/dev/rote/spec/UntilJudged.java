package dev.rote.spec;

import dev.rote.v1.ClaimSpec;
import dev.rote.v1.Metric;
import dev.rote.v1.RepeatSpec;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.Term;
import java.util.stream.Stream;

/** Sweeps of fixed repetitions as sweeps that repeat until their claims are judged. */
public final class UntilJudged {
  private static final int AT_MOST = 60;

  private UntilJudged() {}

  /**
   * The same sweep with `repeat` in place of `repetitions`: at most 60 repetitions, or as many as
   * it has if these are more. A dispersion grows with repetitions, so that a threshold for one is
   * meant for as many as are written: a sweep that claims one has these at most.
   *
   * @param sweep valid; one that repeats already stays as it is
   */
  public static Sweep of(Sweep sweep) {
    SweepSpec spec = sweep.getSpec();
    if (spec.hasRepeat()) {
      return sweep;
    }
    int written = SweepDefaults.fill(spec).getRepetitions();
    boolean dispersions =
        spec.getFiguresList().stream()
            .flatMap(figure -> figure.getClaimsList().stream())
            .anyMatch(UntilJudged::isOfDispersion);
    int atMost = dispersions && written > 2 ? written : Math.max(AT_MOST, written);
    Sweep.Builder repeating = sweep.toBuilder();
    repeating
        .getSpecBuilder()
        .clearRepetitions()
        .setRepeat(RepeatSpec.newBuilder().setAtMost(atMost));
    return repeating.build();
  }

  private static boolean isOfDispersion(ClaimSpec claim) {
    return Stream.of(
            claim.getValue(),
            claim.getDifference().getMinuend(),
            claim.getDifference().getSubtrahend())
        .map(Term::getMetric)
        .map(Metric::getKind)
        .anyMatch(
            kind ->
                kind == Metric.Kind.DISPERSION || kind == Metric.Kind.DISPERSION_WITHIN_CLASSES);
  }
}
