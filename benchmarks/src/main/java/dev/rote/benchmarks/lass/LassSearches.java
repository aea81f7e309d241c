package dev.rote.benchmarks.lass;

import dev.rote.benchmarks.BenchSession;
import dev.rote.benchmarks.Benchmark;
import dev.rote.benchmarks.OwnWork;
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
import java.util.stream.Stream;

/**
 * The search for critical samples beside a port of the authors' procedure to PyTorch. The check is
 * the critical sample ratio, with the step's noise and without.
 */
public final class LassSearches implements Benchmark {
  private static final String NAME = "lass";
  private static final String ROTE = "Rote";
  private static final String UNIT = "ms/search";

  /** Of ratios: noise differs between contestants, so a few examples in a hundred may too. */
  private static final double TOLERANCE = 0.035;

  private static final double TARGET = 1.5;
  private static final double MILLIS = 1e3;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "searches for critical samples beside the authors' procedure in PyTorch";
  }

  @Override
  public void run(BenchSession session) {
    wanted(session).forEach(lass -> run(lass, session));
  }

  @Override
  public List<OwnWork> own(BenchSession session) {
    return wanted(session)
        .map(
            lass ->
                new OwnWork(
                    NAME,
                    subject(lass),
                    UNIT,
                    MILLIS,
                    TOLERANCE,
                    written(lass, session),
                    rote(lass, session)))
        .toList();
  }

  private static Stream<LassCase> wanted(BenchSession session) {
    return LassCase.ALL.stream().filter(lass -> session.wants(lass.step().name()));
  }

  private static Path directory(LassCase lass, BenchSession session) {
    return session.directory("lass-" + lass.step().name().replaceAll("[^a-z0-9]+", "-"));
  }

  private static Path written(LassCase lass, BenchSession session) {
    Path directory = directory(lass, session);
    StepFiles.write(lass.step(), directory, Engines.named(Engines.DEFAULT));
    return directory;
  }

  private static Contestant rote(LassCase lass, BenchSession session) {
    String files = directory(lass, session).toString();
    return session.java(ROTE, RoteSearch.class, lass.step().name(), files);
  }

  private static String subject(LassCase lass) {
    return String.format(
        Locale.ROOT,
        "%s, %d examples, radius %.1f/255, %d iterations, threads %d",
        lass.step().name(),
        lass.step().batch(),
        lass.radius(),
        lass.iterations(),
        lass.step().threads());
  }

  private static void run(LassCase lass, BenchSession session) {
    StepCase step = lass.step();
    Path directory = written(lass, session);
    List<Contestant> contestants = new ArrayList<>();
    contestants.add(rote(lass, session));
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
            NAME,
            subject(lass),
            UNIT,
            times.of(ROTE).least() * MILLIS,
            times.besides(ROTE, MILLIS),
            OptionalDouble.of(TARGET),
            Map.of()));
  }
}
