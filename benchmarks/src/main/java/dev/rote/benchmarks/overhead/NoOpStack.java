package dev.rote.benchmarks.overhead;

import dev.rote.embedded.Part;
import dev.rote.embedded.Stack;
import dev.rote.embedded.StackSettings;
import dev.rote.spec.SweepFiles;
import dev.rote.v1.GetSweepRequest;
import dev.rote.v1.SubmitSweepRequest;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.SweepsServiceGrpc;
import dev.rote.v1.SweepsServiceGrpc.SweepsServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A stack of real processes with a worker of no-op trials, on a fresh state directory. */
final class NoOpStack implements AutoCloseable {
  private static final Set<Phase> ENDED =
      EnumSet.of(Phase.COMPLETED, Phase.FAILED, Phase.CANCELLED);
  private static final long PAUSE_MILLIS = 50;
  private static final long SEEDS_APART = 1_000_000;

  private final Stack stack;
  private final Process worker;
  private final ManagedChannel channel;
  private final int parallelism;
  private long sweeps;

  private NoOpStack(Stack stack, Process worker, int parallelism) {
    this.stack = stack;
    this.worker = worker;
    this.parallelism = parallelism;
    this.channel = NettyChannelBuilder.forTarget(stack.sweepsTarget()).usePlaintext().build();
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
   * @param seconds from the call that submits it until it is seen to be completed
   * @param training of these, until its last trial had ended
   * @param costs by process
   */
  record Run(int trials, double seconds, double training, Map<String, ProcessCosts.Cost> costs) {}

  /** Runs a sweep of so many trials that this stack has not seen. */
  Run run(int trials) throws IOException, InterruptedException {
    SweepsServiceBlockingStub service = SweepsServiceGrpc.newBlockingStub(channel);
    String text = NoOpSweep.of(trials, ++sweeps * SEEDS_APART, parallelism);
    try (ProcessCosts costs = new ProcessCosts(processes())) {
      long start = System.nanoTime();
      String id =
          service
              .submitSweep(
                  SubmitSweepRequest.newBuilder().setSweep(SweepFiles.parse(text, "no-op")).build())
              .getSweep()
              .getStatus()
              .getSweepId();
      double training = 0;
      while (true) {
        SweepStatus status =
            service
                .getSweep(GetSweepRequest.newBuilder().setSweep(id).build())
                .getSweep()
                .getStatus();
        double seconds = (System.nanoTime() - start) / 1e9;
        training = status.getPhase() == Phase.RUNNING ? seconds : training;
        if (ENDED.contains(status.getPhase())) {
          check(status, trials);
          return new Run(trials, seconds, training, costs.sofar());
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  private static void check(SweepStatus status, int trials) {
    boolean whole =
        status.getPhase() == Phase.COMPLETED
            && status.getCounts().getDone() == trials
            && status.getCounts().getReused() == 0;
    if (!whole) {
      throw new IllegalStateException("not every trial was run once: " + status);
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
    channel.shutdownNow();
    worker.destroy();
    stack.close();
  }
}
