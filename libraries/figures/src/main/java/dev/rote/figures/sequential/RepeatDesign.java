package dev.rote.figures.sequential;

import dev.rote.v1.RepeatSpec;
import java.util.List;

/**
 * When claims are looked at, and what that may cost.
 *
 * @param looks repetitions at which claims are judged, ascending, each at least 2
 * @param error two-sided, of each claim over all looks, in (0, 1)
 * @param spending how it is spent over them
 * @param futility a claim is given up when the probability that it will be decided is below this;
 *     0: never
 * @param holm whether the claims of a figure share the error by Holm's procedure
 */
public record RepeatDesign(
    List<Integer> looks, double error, Spending spending, double futility, boolean holm) {

  public RepeatDesign {
    looks = List.copyOf(looks);
    int before = 1;
    for (int look : looks) {
      if (look <= before) {
        throw new IllegalArgumentException("looks must ascend from 2 on, were " + looks);
      }
      before = look;
    }
    if (looks.isEmpty() || !(error > 0 && error < 1) || !(futility >= 0 && futility < 1)) {
      throw new IllegalArgumentException(
          "a design needs a look, an error in (0, 1) and a futility in [0, 1), had "
              + looks
              + ", "
              + error
              + " and "
              + futility);
    }
  }

  /**
   * The design that a sweep declares.
   *
   * @param repeat valid, all defaults filled in
   */
  public static RepeatDesign of(RepeatSpec repeat) {
    return new RepeatDesign(
        repeat.getLooksList(),
        repeat.getError(),
        repeat.getSpending() == RepeatSpec.Spending.OBRIEN_FLEMING
            ? Spending.OBRIEN_FLEMING
            : Spending.POCOCK,
        repeat.getFutility(),
        repeat.getMany() == RepeatSpec.Many.HOLM);
  }

  /** Repetitions of the last look. */
  public int atMost() {
    return looks.get(looks.size() - 1);
  }

  /** Share of all repetitions that is there at each look: float64[looks]. */
  public double[] fractions() {
    return looks.stream().mapToDouble(look -> (double) look / atMost()).toArray();
  }
}
