package dev.rote.benchmarks;

import dev.rote.benchmarks.race.Contestant;
import dev.rote.benchmarks.race.Race;
import dev.rote.benchmarks.race.Times;
import dev.rote.benchmarks.race.Timing;
import dev.rote.benchmarks.report.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Rote beside a Rote of before: the same work by both in turns, each time in new processes, since
 * two JVMs may compile the same code differently.
 *
 * @param home a checkout whose benchmarks were built
 * @param alternations pairs of processes; what counts is the median of their medians
 */
record EarlierRote(Path home, int alternations) {
  /** A ratio below it is a loss of speed that wants an explanation. */
  private static final double TARGET = 0.97;

  private static final String BEFORE = "before";
  private static final String CLASS_PATH = "-cp";

  /**
   * Measures, and puts a row into the session's table.
   *
   * @throws IllegalStateException if the earlier Rote does not have the case, or computes something
   *     else
   */
  void measure(OwnWork work, BenchSession session) {
    Contestant now = work.rote();
    Race race =
        new Race(List.of(now, before(now.command())), work.tolerance(), session.seconds(), false);
    double[] rote = new double[alternations];
    double[] before = new double[alternations];
    double[] ratios = new double[alternations];
    for (int i = 0; i < alternations; i++) {
      Times times = race.run(work.directory());
      rote[i] = times.of(now.name()).median();
      before[i] = times.of(BEFORE).median();
      ratios[i] = before[i] / rote[i];
    }
    Arrays.sort(ratios);
    session.add(
        new Row(
            work.benchmark(),
            work.subject(),
            work.unit(),
            Timing.of(rote, 0).median() * work.scale(),
            Map.of(BEFORE, Timing.of(before, 0).median() * work.scale()),
            OptionalDouble.of(TARGET),
            Map.of(
                "ratios",
                String.format(Locale.ROOT, "%.3f to %.3f", ratios[0], ratios[ratios.length - 1]))));
  }

  /** The same command with the classes of the earlier checkout. */
  private Contestant before(List<String> command) {
    List<String> changed = new ArrayList<>(command);
    changed.set(command.indexOf(CLASS_PATH) + 1, classPath());
    return new Contestant(BEFORE, changed);
  }

  private String classPath() {
    Path target = home.resolve("benchmarks").resolve("target").toAbsolutePath();
    try {
      return target.resolve("classes")
          + System.getProperty("path.separator")
          + Files.readString(target.resolve("class-path")).trim();
    } catch (IOException e) {
      throw new UncheckedIOException(
          home + " has no built benchmarks: run ./rote bench once there", e);
    }
  }
}
