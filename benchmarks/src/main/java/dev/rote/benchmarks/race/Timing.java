package dev.rote.benchmarks.race;

import java.util.Arrays;

/**
 * Seconds of one piece of work.
 *
 * @param least of all rounds
 * @param median of all rounds
 */
public record Timing(double least, double median) {
  static Timing of(double[] rounds) {
    double[] sorted = rounds.clone();
    Arrays.sort(sorted);
    return new Timing(sorted[0], sorted[sorted.length / 2]);
  }
}
