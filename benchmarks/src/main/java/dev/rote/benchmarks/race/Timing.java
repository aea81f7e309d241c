package dev.rote.benchmarks.race;

import java.util.Arrays;

/**
 * Seconds of one piece of work.
 *
 * @param least of all rounds
 * @param median of all rounds
 * @param peakBytes the most that the contestant had resident; 0 if it cannot tell
 */
public record Timing(double least, double median, long peakBytes) {
  /**
   * Of all rounds.
   *
   * @param rounds seconds of each, at least one
   */
  public static Timing of(double[] rounds, long peakBytes) {
    double[] sorted = rounds.clone();
    Arrays.sort(sorted);
    return new Timing(sorted[0], sorted[sorted.length / 2], peakBytes);
  }
}
