package dev.rote.benchmarks.race;

import java.nio.file.Path;

/**
 * A contestant that works with nobody beside it and nothing before it.
 *
 * @param contestant what it is
 */
public record Alone(Contestant contestant) {

  /**
   * Lets it work.
   *
   * @param times pieces of work that are timed as one
   * @param directory where it leaves its log
   * @throws IllegalStateException if it ends early
   */
  public Timing run(int times, Path directory) {
    try (ContestantProcess process = new ContestantProcess(contestant, directory)) {
      double seconds = process.run(times);
      return Timing.of(new double[] {seconds}, process.peak());
    }
  }
}
