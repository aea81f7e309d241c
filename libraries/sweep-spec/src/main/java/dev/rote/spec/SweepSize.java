package dev.rote.spec;

import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import java.util.Locale;

/** How large a sweep may be: what every door refuses, and what is known before one is asked. */
public final class SweepSize {
  /** Most cells of a grid that a service admits unless it is set otherwise. */
  public static final long MOST_TRIALS = 100_000;

  /** Below the largest record that brokers take by default. */
  private static final int MOST_BYTES = 900 << 10;

  private SweepSize() {}

  /**
   * Checks the grid and the message.
   *
   * @param sweep valid, all defaults filled in
   * @param mostTrials most cells of its grid
   * @throws SpecException when it is larger, with its size and the bound
   */
  public static void check(Sweep sweep, long mostTrials) {
    SweepSpec spec = sweep.getSpec();
    long trials = Grid.of(spec).size();
    if (trials > mostTrials) {
      throw new SpecException(
          "spec.axes",
          String.format(
              Locale.ROOT,
              "must span at most %d trials, was %d: the product of the axes' points and %d"
                  + " repetitions",
              mostTrials,
              trials,
              spec.getRepetitions()));
    }
    if (sweep.getSerializedSize() > MOST_BYTES) {
      throw new SpecException(
          "",
          String.format(
              Locale.ROOT,
              "a sweep must be at most %d bytes, was %d",
              MOST_BYTES,
              sweep.getSerializedSize()));
    }
  }
}
