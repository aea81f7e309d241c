package dev.rote.benchmarks.gradients;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Norms of the gradients of a batch's examples, beside a backward pass for each example. The check
 * is the norms themselves.
 */
public final class ExampleGradients implements Benchmark {
  private static final String NAME = "gradients";
  private static final String NORMS = "Rote";
  private static final String ONE_BY_ONE = "one by one";
  private static final int EXAMPLES = 64;

  /** Of squared norms. */
  private static final double TOLERANCE = 1e-3;

  private static final double MILLIS = 1e3;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "norms of single examples' gradients beside a backward pass for each";
  }

  @Override
  public void run(BenchSession session) {
    Stream.of("mlp 784-512-512-10", "the paper's cnn on 28x28x3", "ResNet-9")
        .filter(session::wants)
        .map(name -> of(name, EXAMPLES))
        .forEach(step -> run(step, session));
  }

  /** On one thread, as derivatives along directions are computed. */
  static StepCase of(String name, int examples) {
    return StepCase.named(name).of(examples).onOneThread();
  }

  private static void run(StepCase step, BenchSession session) {
    Path directory = session.directory(NAME + "-" + step.name().replaceAll("[^a-z0-9]+", "-"));
    StepFiles.write(step, directory, Engines.named(Engines.DEFAULT));
    String files = directory.toString();
    List<Contestant> contestants =
        List.of(
            session.java(NORMS, Norms.class, step.name(), files, Integer.toString(EXAMPLES)),
            session.java(
                ONE_BY_ONE, OneByOne.class, step.name(), files, Integer.toString(EXAMPLES)));
    Times times = new Race(contestants, TOLERANCE, session.seconds()).run(directory);
    session.add(
        new Row(
            NAME,
            String.format(
                Locale.ROOT, "%s, %d examples, threads %d", step.name(), EXAMPLES, step.threads()),
            "ms/batch",
            times.of(NORMS).least() * MILLIS,
            times.besides(NORMS, MILLIS),
            OptionalDouble.empty(),
            Map.of()));
  }
}
