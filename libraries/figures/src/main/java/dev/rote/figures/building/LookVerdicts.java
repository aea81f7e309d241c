package dev.rote.figures.building;

import dev.rote.v1.ClaimLook;
import dev.rote.v1.ClaimLook.Decision;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.Look;
import dev.rote.v1.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Verdicts of a sweep that repeats until judged: what the last look at each claim said. */
final class LookVerdicts {
  private final Map<Integer, List<ClaimLook>> byClaim = new HashMap<>();

  LookVerdicts(List<Look> looks) {
    for (Look look : looks) {
      for (ClaimLook claim : look.getClaimsList()) {
        byClaim.computeIfAbsent(claim.getClaim(), any -> new ArrayList<>()).add(claim);
      }
    }
  }

  /**
   * The verdict on a claim.
   *
   * @param position among the claims of all figures
   */
  Verdict of(ClaimSpec claim, int position) {
    List<ClaimLook> looks = byClaim.getOrDefault(position, List.of());
    Verdict.Builder verdict = ClaimJudge.verdict(claim).addAllLooks(looks);
    if (looks.isEmpty()) {
      return verdict
          .setStatistic(Double.NaN)
          .setStatisticName(ClaimJudge.intended(claim))
          .setUndecided("no look was taken at it yet")
          .build();
    }
    ClaimLook last = looks.get(looks.size() - 1);
    if (last.hasSpread()) {
      verdict.setSpread(last.getSpread());
    }
    String after = " after " + Wording.repetitions(last.getRepetitions());
    return switch (last.getDecision()) {
      case HOLDS, FAILS -> {
        boolean holds = last.getDecision() == Decision.HOLDS;
        boolean low = holds == Comparisons.favoursHigh(claim.getComparison());
        yield verdict
            .setStatistic(decisive(last, low))
            .setStatisticName(words(last, low) + after)
            .setHolds(holds)
            .build();
      }
      case FUTILE -> undecided(verdict, last, "futile" + after + ": " + last.getReason());
      case OPEN, UNSPECIFIED, UNRECOGNIZED ->
          undecided(
              verdict,
              last,
              "open" + after + (last.getReason().isEmpty() ? "" : ": " + last.getReason()));
    };
  }

  /* The end that lies nearer to the threshold; of one that is endless there is none. */
  private static double decisive(ClaimLook look, boolean low) {
    double end = low ? look.getLow() : look.getHigh();
    return Double.isFinite(end) ? end : low ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  private static String words(ClaimLook look, boolean low) {
    return look.getStatisticName()
        + (low ? ", lower" : ", upper")
        + Wording.format(
            " end of the repeated interval %s to %s (estimate %s)",
            Wording.number(look.getLow()),
            Wording.number(look.getHigh()),
            Wording.number(look.getStatistic()));
  }

  private static Verdict undecided(Verdict.Builder verdict, ClaimLook look, String reason) {
    return verdict
        .setStatistic(Double.NaN)
        .setStatisticName(look.getStatisticName())
        .setUndecided(reason)
        .build();
  }
}
