package dev.rote.benchmarks.race;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Contestants that first show that they compute the same and then take turns, so that whatever else
 * the machine does meets them all alike.
 *
 * @param contestants the first one is what the others must agree with
 * @param tolerance of the check, relative to the larger of 1 and the number
 * @param seconds of measuring for each contestant
 * @param peaks whether contestants are asked for their memory, which earlier ones cannot tell
 */
public record Race(List<Contestant> contestants, double tolerance, double seconds, boolean peaks) {
  private static final double ROUND_SECONDS = 0.15;
  private static final int MOST_ROUNDS = 60;
  private static final int LEAST_ROUNDS = 3;

  public Race {
    contestants = List.copyOf(contestants);
  }

  /** A race that asks for peaks. */
  public Race(List<Contestant> contestants, double tolerance, double seconds) {
    this(contestants, tolerance, seconds, true);
  }

  /**
   * Runs the race.
   *
   * @param directory where contestants leave their logs
   * @throws IllegalStateException if a contestant ends early or computes something else
   */
  public Times run(Path directory) {
    List<ContestantProcess> running = new ArrayList<>();
    try {
      contestants.forEach(c -> running.add(new ContestantProcess(c, directory)));
      agree(running);
      return race(running);
    } finally {
      running.forEach(ContestantProcess::close);
    }
  }

  private void agree(List<ContestantProcess> running) {
    double[] expected = running.get(0).check();
    for (ContestantProcess other : running.subList(1, running.size())) {
      double[] actual = other.check();
      for (int i = 0; i < Math.max(expected.length, actual.length); i++) {
        double a = i < expected.length ? expected[i] : Double.NaN;
        double b = i < actual.length ? actual[i] : Double.NaN;
        if (!(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a)))) {
          throw new IllegalStateException(
              String.format(
                  Locale.ROOT,
                  "%s and %s compute different things: number %d is %.9g and %.9g",
                  running.get(0).name(),
                  other.name(),
                  i,
                  a,
                  b));
        }
      }
    }
  }

  private Times race(List<ContestantProcess> running) {
    int[] pieces = running.stream().mapToInt(this::warmUp).toArray();
    double longest = 0;
    for (int i = 0; i < pieces.length; i++) {
      longest = Math.max(longest, running.get(i).run(pieces[i]));
    }
    int rounds = (int) Math.max(LEAST_ROUNDS, Math.min(MOST_ROUNDS, seconds / longest));
    double[][] times = new double[pieces.length][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < pieces.length; i++) {
        times[i][round] = running.get(i).run(pieces[i]) / pieces[i];
      }
    }
    Map<String, Timing> timings = new LinkedHashMap<>();
    for (int i = 0; i < pieces.length; i++) {
      ContestantProcess contestant = running.get(i);
      timings.put(contestant.name(), Timing.of(times[i], peaks ? contestant.peak() : 0));
    }
    return new Times(timings);
  }

  /** Works for a fifth of the time and returns how many pieces fill a round. */
  private int warmUp(ContestantProcess contestant) {
    int pieces = 1;
    double spent = 0;
    double each = Double.POSITIVE_INFINITY;
    while (spent < seconds / 5) {
      double took = contestant.run(pieces);
      spent += took;
      each = Math.min(each, took / pieces);
      pieces = (int) Math.max(1, Math.round(ROUND_SECONDS / each));
    }
    return pieces;
  }
}
