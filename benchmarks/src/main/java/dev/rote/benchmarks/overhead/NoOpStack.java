package dev.rote.benchmarks.overhead;

import dev.rote.benchmarks.sweeps.SweepRuns;
import dev.rote.embedded.Part;
import dev.rote.embedded.Stack;
import dev.rote.embedded.StackSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A stack of real processes with a worker of no-op trials, on a fresh state directory. */
final class NoOpStack implements AutoCloseable {
  private static final long SEEDS_APART = 1_000_000;

  private final Stack stack;
  private final Process worker;
  private final SweepRuns runs;
  private final int parallelism;
  private long sweeps;

  private NoOpStack(Stack stack, Process worker, int parallelism) {
    this.stack = stack;
    this.worker = worker;
    this.parallelism = parallelism;
    this.runs = new SweepRuns(stack);
  }

  /**
   * Starts all processes. The stack's own trainer takes no trials.
   *
   * @param slots trials that the worker handles at once
   * @param training time that each trial sleeps
   * @param parallelism trials of a sweep in flight at once
   */
  static NoOpStack open(Path state, int slots, Duration training, int parallelism)
      throws IOException, InterruptedException {
    Stack stack =
        Stack.start(
            StackSettings.of(state, Optional.empty(), note -> {})
                .withEnvironment(Map.of("ROTE_TRAINER_WORKER", "false")));
    try {
      return new NoOpStack(stack, NoOpWorker.start(stack, slots, training), parallelism);
    } catch (IOException e) {
      stack.close();
      throw e;
    }
  }

  /**
   * What a sweep took.
   *
   * @param costs by process
   */
  record Run(int trials, SweepRuns.Ran time, Map<String, ProcessCosts.Cost> costs) {}

  /** Runs a sweep of so many trials that this stack has not seen. */
  Run run(int trials) throws IOException, InterruptedException {
    String text = NoOpSweep.of(trials, ++sweeps * SEEDS_APART, parallelism);
    try (ProcessCosts costs = new ProcessCosts(processes())) {
      return new Run(trials, runs.run(text, trials), costs.sofar());
    }
  }

  /** The processes that a trial goes through, and this one, which asks how far they are. */
  Map<String, ProcessHandle> processes() {
    Map<String, ProcessHandle> processes = new LinkedHashMap<>();
    processes.put("sweeps", handle(Part.SWEEPS));
    processes.put("broker", handle(Part.BROKER));
    processes.put("store", handle(Part.OBJECT_STORE));
    processes.put("worker", worker.toHandle());
    processes.put("benchmark", ProcessHandle.current());
    return processes;
  }

  private ProcessHandle handle(Part part) {
    return ProcessHandle.of(stack.pid(part)).orElseThrow();
  }

  @Override
  public void close() {
    runs.close();
    worker.destroy();
    stack.close();
  }
}
