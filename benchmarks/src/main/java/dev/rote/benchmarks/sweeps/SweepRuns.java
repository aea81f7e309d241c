package dev.rote.benchmarks.sweeps;

import dev.rote.access.grpc.Channels;
import dev.rote.embedded.Stack;
import dev.rote.spec.SweepFiles;
import dev.rote.v1.GetSweepRequest;
import dev.rote.v1.SubmitSweepRequest;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.SweepsServiceGrpc;
import dev.rote.v1.SweepsServiceGrpc.SweepsServiceBlockingStub;
import io.grpc.ManagedChannel;
import java.util.EnumSet;
import java.util.Set;

/** Runs sweeps on a stack, one after another, and times them. */
public final class SweepRuns implements AutoCloseable {
  private static final Set<Phase> ENDED =
      EnumSet.of(Phase.COMPLETED, Phase.FAILED, Phase.CANCELLED);
  private static final long PAUSE_MILLIS = 50;

  private final ManagedChannel channel;
  private final SweepsServiceBlockingStub service;

  public SweepRuns(Stack stack) {
    this.channel = Channels.open(stack.sweepsTarget(), stack::token);
    this.service = SweepsServiceGrpc.newBlockingStub(channel);
  }

  /**
   * What a sweep took.
   *
   * @param seconds from the call that submits it until it is seen to be completed, report included
   * @param training of these, until its last trial had ended
   */
  public record Ran(double seconds, double training) {}

  /**
   * Runs a sweep to its end.
   *
   * @param text of its file
   * @param trials how many it has, none of which this stack has seen
   */
  public Ran run(String text, int trials) throws InterruptedException {
    long start = System.nanoTime();
    String id =
        service
            .submitSweep(
                SubmitSweepRequest.newBuilder().setSweep(SweepFiles.parse(text, "bench")).build())
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
        return new Ran(seconds, training);
      }
      Thread.sleep(PAUSE_MILLIS);
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

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
