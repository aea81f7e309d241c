package dev.rote.spec;

import dev.rote.v1.ClaimSpec;
import dev.rote.v1.Metric;
import dev.rote.v1.RepeatSpec;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.Term;
import java.util.List;
import java.util.TreeSet;

/** Defaults of repeating until judged, and what is refused of it. */
final class RepeatDefaults {
  private static final List<Integer> LOOKS = List.of(3, 5, 8, 12, 20, 30, 60);
  private static final int MOST_LOOKS = 20;
  private static final int MOST_REPETITIONS = 10_000;
  private static final double LEAST_ERROR = 1e-4;

  private RepeatDefaults() {}

  static RepeatSpec fill(RepeatSpec repeat) {
    RepeatSpec.Builder filled = repeat.toBuilder();
    if (!repeat.hasUntil()) {
      filled.setUntil(RepeatSpec.Until.DECIDED);
    }
    List<Integer> written = repeat.getLooksList();
    int last = written.isEmpty() ? LOOKS.get(LOOKS.size() - 1) : written.get(written.size() - 1);
    int atMost = repeat.hasAtMost() ? repeat.getAtMost() : last;
    int first = written.isEmpty() ? Math.min(LOOKS.get(0), atMost) : written.get(0);
    int atLeast = repeat.hasAtLeast() ? repeat.getAtLeast() : first;
    filled.setAtMost(atMost).setAtLeast(atLeast);
    if (written.isEmpty()) {
      TreeSet<Integer> looks = new TreeSet<>(List.of(atLeast, atMost));
      LOOKS.stream().filter(look -> look > atLeast && look < atMost).forEach(looks::add);
      filled.addAllLooks(looks);
    }
    if (!repeat.hasError()) {
      filled.setError(0.05);
    }
    if (!repeat.hasSpending()) {
      filled.setSpending(RepeatSpec.Spending.POCOCK);
    }
    if (!repeat.hasFutility()) {
      filled.setFutility(0.1);
    }
    if (!repeat.hasMany()) {
      filled.setMany(RepeatSpec.Many.NONE);
    }
    return filled.build();
  }

  /**
   * Checks a sweep that repeats until judged.
   *
   * @param repeat all defaults filled in
   * @param repetitions that are written beside it; 0: none
   */
  static void check(Checks checks, RepeatSpec repeat, int repetitions) {
    checks.require(
        repetitions == 0 || repetitions == repeat.getAtMost(),
        "",
        "cannot stand beside repetitions: write atMost instead of repetitions, was " + repetitions);
    checks.inRange("atMost", repeat.getAtMost(), 2, MOST_REPETITIONS);
    checks.inRange("atLeast", repeat.getAtLeast(), 2, Integer.toUnsignedLong(repeat.getAtMost()));
    checks.inRange("error", repeat.getError(), LEAST_ERROR, 0.5);
    checks.inRange("futility", repeat.getFutility(), 0, 0.9);
    looks(checks, repeat);
  }

  /**
   * Checks the claims of a sweep that repeats until they are judged.
   *
   * @param spec all defaults filled in
   */
  static void claims(Checks checks, SweepSpec spec) {
    List<ClaimSpec> claims =
        spec.getFiguresList().stream().flatMap(figure -> figure.getClaimsList().stream()).toList();
    checks.require(
        !claims.isEmpty(), "", "needs a claim to decide: write one, or write repetitions instead");
    for (ClaimSpec claim : claims) {
      boolean shared =
          isShareInEvery(claim.getValue())
              || isShareInEvery(claim.getDifference().getMinuend())
              || isShareInEvery(claim.getDifference().getSubtrahend());
      checks.require(
          !shared,
          "",
          "cannot decide a claim of a SHARE_IN_EVERY_REPETITION, which falls with every"
              + " repetition: write repetitions instead (\""
              + claim.getClaim()
              + "\")");
    }
  }

  private static boolean isShareInEvery(Term term) {
    return term.getMetric().getKind() == Metric.Kind.SHARE_IN_EVERY_REPETITION;
  }

  private static void looks(Checks checks, RepeatSpec repeat) {
    List<Integer> looks = repeat.getLooksList();
    checks.require(
        looks.size() <= MOST_LOOKS,
        "looks",
        "must be at most " + MOST_LOOKS + ", were " + looks.size());
    boolean ascending = true;
    for (int i = 1; i < looks.size(); i++) {
      ascending &= Integer.compareUnsigned(looks.get(i - 1), looks.get(i)) < 0;
    }
    checks.require(ascending, "looks", "must ascend, were " + looks);
    checks.require(
        looks.get(0) == repeat.getAtLeast() && looks.get(looks.size() - 1) == repeat.getAtMost(),
        "looks",
        "must begin with atLeast (%d) and end with atMost (%d), were %s"
            .formatted(repeat.getAtLeast(), repeat.getAtMost(), looks));
  }
}
