package dev.rote.cli.command;

import dev.rote.cli.progress.ProgressOptions;
import dev.rote.cli.progress.SweepFollower;
import dev.rote.cli.service.Connections;
import dev.rote.v1.ResumeSweepRequest;
import dev.rote.v1.RetryFailedRequest;
import dev.rote.v1.RetryFailedResponse;
import dev.rote.v1.SubmitSweepRequest;
import dev.rote.v1.SubmitSweepResponse;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import java.time.Duration;

/** Submits a sweep, or goes on with the one that is there, and follows it to its end. */
final class SweepRunner {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Connections connections;
  private final ProgressOptions progress;

  SweepRunner(Connections connections, ProgressOptions progress) {
    this.connections = connections;
    this.progress = progress;
  }

  /**
   * The status with which the sweep ended; failed and cancelled trials of an ended one run again.
   */
  SweepStatus run(Sweep sweep) throws InterruptedException {
    SubmitSweepResponse submitted =
        connections.sweeps().submitSweep(SubmitSweepRequest.newBuilder().setSweep(sweep).build());
    progress.warn(submitted.getWarningsList());
    SweepStatus status = submitted.getSweep().getStatus();
    if (!submitted.getCreated()) {
      status = goOn(status);
    }
    return follow(sweep.getMetadata().getName(), status);
  }

  private SweepStatus goOn(SweepStatus status) {
    String id = status.getSweepId();
    return switch (status.getPhase()) {
      case COMPLETED -> {
        if (status.getCounts().getFailed() + status.getCounts().getCancelled() > 0) {
          yield retry(id);
        }
        progress.note(id + " has completed before: answering from what is stored");
        yield status;
      }
      case FAILED, CANCELLED -> retry(id);
      case PAUSED -> {
        progress.note(id + " was paused: going on");
        yield connections
            .sweeps()
            .resumeSweep(ResumeSweepRequest.newBuilder().setSweep(id).build())
            .getStatus();
      }
      case RUNNING, REPORTING, UNSPECIFIED, UNRECOGNIZED -> {
        progress.note(id + " is there already: going on with it");
        yield status;
      }
    };
  }

  private SweepStatus retry(String id) {
    RetryFailedResponse retried =
        connections.sweeps().retryFailed(RetryFailedRequest.newBuilder().setSweep(id).build());
    progress.note(id + " had ended early: running " + retried.getRetried() + " trials again");
    return retried.getStatus();
  }

  /** The status with which a sweep ended. */
  SweepStatus follow(String name, SweepStatus from) throws InterruptedException {
    if (SweepFollower.ended(from.getPhase())) {
      return from;
    }
    SweepFollower follower =
        new SweepFollower(connections::sweepsStream, progress.display(name), PATIENCE, PAUSE);
    return follower.follow(from.getSweepId(), from.getRevision());
  }
}
