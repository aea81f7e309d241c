package dev.rote.benchmarks.corruption;

import dev.rote.benchmarks.BenchSession;
import dev.rote.benchmarks.Benchmark;
import dev.rote.benchmarks.race.Contestant;
import dev.rote.benchmarks.race.Race;
import dev.rote.benchmarks.race.Times;
import dev.rote.benchmarks.report.Row;
import dev.rote.v1.InputCorruption.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Inputs of MNIST's size replaced by noise, and the SHA-256 of the values, beside numpy. Rote's
 * variants also have labels, masks and a manifest. The check is mean, deviation and tails of the
 * noise; the draws themselves are each contestant's own.
 */
public final class Noises implements Benchmark {
  private static final String ROTE = "Rote";
  private static final double TOLERANCE = 1e-3;
  private static final double TARGET = 2;
  private static final double MILLIS = 1e3;

  @Override
  public String name() {
    return "corruption";
  }

  @Override
  public String summary() {
    return "60,000 inputs of 784 values replaced by noise and hashed, beside numpy";
  }

  @Override
  public void run(BenchSession session) {
    Path directory = session.directory("corruption");
    NoiseFiles.write(directory);
    run(session, Rule.GAUSSIAN, directory, OptionalDouble.of(TARGET));
    run(session, Rule.UNIFORM, directory, OptionalDouble.empty());
  }

  private static void run(BenchSession session, Rule rule, Path directory, OptionalDouble target) {
    int cores = Runtime.getRuntime().availableProcessors();
    String files = directory.toString();
    List<Contestant> contestants = new ArrayList<>();
    contestants.add(
        session.java(ROTE, RoteVariants.class, rule.name(), files, Integer.toString(cores)));
    if (session.imports("numpy")) {
      contestants.add(
          session.python("numpy RandomState", "noise.py", rule.name(), files, "legacy"));
      contestants.add(
          session.python("numpy default_rng", "noise.py", rule.name(), files, "generator"));
    }
    Times times = new Race(contestants, TOLERANCE, session.seconds()).run(directory);
    session.add(
        new Row(
            "corruption",
            rule.name() + " inputs, 60,000 x 784, all " + cores + " cores",
            "ms/variant",
            times.of(ROTE).least() * MILLIS,
            times.besides(ROTE, MILLIS),
            target,
            Map.of()));
  }
}
