package dev.rote.benchmarks.race;

import java.nio.file.Path;

/**
 * A contestant that does one piece of work, with nobody beside it and nothing before it.
 *
 * @param contestant what it is
 */
public record Alone(Contestant contestant) {

  /**
   * Lets it work.
   *
   * @param directory where it leaves its log
   * @throws IllegalStateException if it ends early
   */
  public Timing run(Path directory) {
    try (ContestantProcess process = new ContestantProcess(contestant, directory)) {
      double seconds = process.run(1);
      return Timing.of(new double[] {seconds}, process.peak());
    }
  }
}
