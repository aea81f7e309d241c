package dev.rote.benchmarks.trace;

import dev.rote.benchmarks.BenchSession;
import dev.rote.benchmarks.Benchmark;
import dev.rote.benchmarks.race.Race;
import dev.rote.benchmarks.race.Times;
import dev.rote.benchmarks.report.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Epochs that keep a trace of every example in a real object store, beside epochs that keep none,
 * in turns: steps and evaluations, no checkpoints. Medians count. The check is the last epoch's
 * loss, which a trace must not change.
 */
public final class TracedTrainings implements Benchmark {
  private static final String NAME = "trace";
  private static final String TRACED = "with a trace";
  private static final String PLAIN = "without";
  private static final double MILLIS = 1e3;

  /** At most three in a hundred of the time. */
  private static final double TARGET = 0.97;

  /* Losses are the same bits; the race compares relatively. */
  private static final double TOLERANCE = 0;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "epochs that keep a trace of every example beside epochs that do not";
  }

  @Override
  public void run(BenchSession session) {
    TraceCase.ALL.stream()
        .filter(each -> session.wants(each.name()))
        .forEach(each -> run(each, session));
  }

  private static void run(TraceCase each, BenchSession session) {
    Path directory = session.directory("trace-" + each.name().replaceAll("[^a-z0-9]+", "-"));
    String files = directory.toString();
    Times times =
        new Race(
                List.of(
                    session.java(TRACED, Epochs.class, each.name(), files, "traced"),
                    session.java(PLAIN, Epochs.class, each.name(), files, "plain")),
                TOLERANCE,
                session.seconds())
            .run(directory);
    double traced = times.of(TRACED).median();
    double plain = times.of(PLAIN).median();
    session.add(
        new Row(
            NAME,
            String.format(
                Locale.ROOT,
                "%s, an epoch of %d examples, batch 128, threads 2",
                each.name(),
                each.examples()),
            "ms/epoch",
            traced * MILLIS,
            Map.of(PLAIN, plain * MILLIS),
            OptionalDouble.of(TARGET),
            Map.of(
                "a trace costs",
                String.format(Locale.ROOT, "%.2f %%", 100 * (traced / plain - 1)),
                "most memory",
                times.peaks())));
  }
}
