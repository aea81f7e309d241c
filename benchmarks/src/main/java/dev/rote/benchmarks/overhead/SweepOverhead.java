package dev.rote.benchmarks.overhead;

import dev.rote.benchmarks.BenchSession;
import dev.rote.benchmarks.Benchmark;
import dev.rote.benchmarks.report.Row;
import dev.rote.benchmarks.report.RowTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What a trial costs when training costs nothing.
 *
 * <p>Real, each in a process of its own: the sweeps service, the broker, the object store, the
 * corruption service (it makes the one variant), and a worker on the loop that trainers run on.
 * Each trial is a cell of the grid, is offered on the share group, claimed and leased by gRPC,
 * looked for and stored in object storage, reported as an event and counted; then the report is
 * gathered, drawn and stored. Left out is what {@link NoOpTrials} leaves out: training. Time runs
 * from the call that submits a sweep until it is seen to be completed, report included, on a stack
 * that has run another sweep before.
 */
@Command(
    name = "sweep-overhead",
    mixinStandardHelpOptions = true,
    description = "Runs sweeps of trials that train nothing, and prints what a trial costs.")
public final class SweepOverhead implements Benchmark, Callable<Integer> {
  private static final int AIMED_AT = 10_000;
  private static final double AIM_MILLIS = 6;
  private static final int WARM_UP = 1_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--trials",
      split = ",",
      description = "Sizes of the sweeps, multiples of 100.",
      defaultValue = "100,1000,10000")
  private List<Integer> sizes = List.of(100, 1_000, AIMED_AT, 100_000);

  @Option(
      names = "--slots",
      description = "Trials that the worker handles at once.",
      defaultValue = "16")
  private int slots = 16;

  @Option(
      names = "--parallelism",
      description = "Trials in flight in a sweep.",
      defaultValue = "400")
  private int parallelism = 400;

  @Option(
      names = "--trial-millis",
      description = "Time that each trial sleeps in place of training.",
      defaultValue = "0")
  private long trialMillis;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SweepOverhead()).execute(arguments));
  }

  @Override
  public String name() {
    return "overhead";
  }

  @Override
  public String summary() {
    return "what the stack costs a trial that trains nothing";
  }

  @Override
  public void run(BenchSession session) {
    measure(session.directory(name()), session::add);
  }

  @Override
  public Integer call() throws IOException {
    measure(
        Files.createTempDirectory("rote-overhead"),
        row -> spec.commandLine().getOut().println(RowTable.line(row)));
    return 0;
  }

  private void measure(Path directory, Consumer<Row> rows) {
    try {
      Path state = Files.createTempDirectory(directory, "state");
      try (NoOpStack stack =
          NoOpStack.open(state, slots, Duration.ofMillis(trialMillis), parallelism)) {
        stack.run(WARM_UP);
        for (int size : sizes) {
          rows.accept(row(stack.run(size)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sweeps ran", e);
    }
  }

  private Row row(NoOpStack.Run run) {
    double millis = run.time().seconds() * 1e3 / run.trials();
    boolean aimed = run.trials() == AIMED_AT && trialMillis == 0;
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("seconds", text(run.time().seconds()));
    notes.put("of them reporting", text(run.time().seconds() - run.time().training()));
    notes.put("trials/s", text(run.trials() / run.time().seconds()));
    run.costs()
        .forEach(
            (process, cost) ->
                notes.put(
                    process,
                    String.format(
                        Locale.ROOT,
                        "%.2f CPU ms/trial and at most %d MiB",
                        cost.processor().toNanos() / 1e6 / run.trials(),
                        cost.peakBytes() >> 20)));
    return new Row(
        name(),
        run.trials() + (trialMillis == 0 ? " no-op trials" : " trials of " + trialMillis + " ms"),
        "ms/trial",
        millis,
        aimed ? Map.of("aim", AIM_MILLIS) : Map.of(),
        aimed ? OptionalDouble.of(1) : OptionalDouble.empty(),
        notes);
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
