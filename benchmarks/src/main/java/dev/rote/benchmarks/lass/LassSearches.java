package dev.rote.benchmarks.lass;

import dev.rote.benchmarks.BenchSession;
import dev.rote.benchmarks.Benchmark;
import dev.rote.benchmarks.race.Contestant;
import dev.rote.benchmarks.race.Race;
import dev.rote.benchmarks.race.Times;
import dev.rote.benchmarks.report.Row;
import dev.rote.benchmarks.step.StepCase;
import dev.rote.benchmarks.step.StepFiles;
import dev.rote.networks.Engines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The search for critical samples beside a port of the authors' procedure to PyTorch. The check is
 * the critical sample ratio, with the step's noise and without.
 */
public final class LassSearches implements Benchmark {
  private static final String ROTE = "Rote";

  /** Of ratios: noise differs between contestants, so a few examples in a hundred may too. */
  private static final double TOLERANCE = 0.035;

  private static final double TARGET = 1.5;
  private static final double MILLIS = 1e3;

  @Override
  public String name() {
    return "lass";
  }

  @Override
  public String summary() {
    return "searches for critical samples beside the authors' procedure in PyTorch";
  }

  @Override
  public void run(BenchSession session) {
    LassCase.ALL.forEach(lass -> run(lass, session));
  }

  private static void run(LassCase lass, BenchSession session) {
    StepCase step = lass.step();
    Path directory = session.directory("lass-" + step.name().replaceAll("[^a-z0-9]+", "-"));
    StepFiles.write(step, directory, Engines.named(Engines.DEFAULT));
    List<Contestant> contestants = new ArrayList<>();
    contestants.add(session.java(ROTE, RoteSearch.class, step.name(), directory.toString()));
    session
        .torch(
            "PyTorch",
            "lass.py",
            directory.toString(),
            step.written(),
            Integer.toString(step.batch()),
            Integer.toString(step.threads()),
            Double.toString(lass.radius()),
            Integer.toString(lass.iterations()))
        .ifPresent(contestants::add);
    Times times = new Race(contestants, TOLERANCE, session.seconds()).run(directory);
    session.add(
        new Row(
            "lass",
            String.format(
                Locale.ROOT,
                "%s, %d examples, radius %.1f/255, %d iterations, threads %d",
                step.name(),
                step.batch(),
                lass.radius(),
                lass.iterations(),
                step.threads()),
            "ms/search",
            times.of(ROTE).least() * MILLIS,
            times.besides(ROTE, MILLIS),
            OptionalDouble.of(TARGET),
            Map.of()));
  }
}
