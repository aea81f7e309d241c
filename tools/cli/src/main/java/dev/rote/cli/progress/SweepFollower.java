package dev.rote.cli.progress;

import dev.rote.grpcerrors.ApiErrors;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepsServiceGrpc.SweepsServiceBlockingStub;
import dev.rote.v1.WatchSweepRequest;
import dev.rote.v1.WatchSweepResponse;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Supplier;

/** Watches a sweep until it ends, through restarts of the service. */
public final class SweepFollower {
  private final Supplier<SweepsServiceBlockingStub> sweeps;
  private final ProgressDisplay display;
  private final Duration patience;
  private final Duration pause;

  /**
   * @param patience how long the service may be away
   * @param pause between two tries to reach it
   */
  public SweepFollower(
      Supplier<SweepsServiceBlockingStub> sweeps,
      ProgressDisplay display,
      Duration patience,
      Duration pause) {
    this.sweeps = sweeps;
    this.display = display;
    this.patience = patience;
    this.pause = pause;
  }

  /** Whether a sweep in this phase has ended. */
  public static boolean ended(SweepStatus.Phase phase) {
    return switch (phase) {
      case COMPLETED, FAILED, CANCELLED -> true;
      case RUNNING, PAUSED, REPORTING, UNSPECIFIED, UNRECOGNIZED -> false;
    };
  }

  /**
   * The status with which the sweep ended.
   *
   * @param revision statuses older than this one are not believed
   * @throws StatusRuntimeException when the service is away for longer than the patience
   */
  public SweepStatus follow(String sweep, long revision) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean away = false;
    while (true) {
      try {
        Iterator<WatchSweepResponse> statuses =
            sweeps.get().watchSweep(WatchSweepRequest.newBuilder().setSweep(sweep).build());
        while (statuses.hasNext()) {
          SweepStatus status = statuses.next().getStatus();
          deadline = System.nanoTime() + patience.toNanos();
          away = false;
          if (status.getRevision() < revision) {
            continue;
          }
          display.show(status);
          if (ended(status.getPhase())) {
            display.end();
            return status;
          }
        }
      } catch (StatusRuntimeException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedException("interrupted while watching " + sweep);
        }
        if (!worthAnotherTry(e) || System.nanoTime() > deadline) {
          display.end();
          throw e;
        }
        if (!away) {
          display.note("the sweeps service does not answer; trying again");
          away = true;
        }
      }
      Thread.sleep(pause.toMillis());
    }
  }

  /* A dying server may break a stream off in several ways; a failure that the service itself declares has a reason. */
  private static boolean worthAnotherTry(StatusRuntimeException failure) {
    return switch (failure.getStatus().getCode()) {
      case UNAVAILABLE -> true;
      case INTERNAL, UNKNOWN, CANCELLED -> ApiErrors.reason(failure).isEmpty();
      default -> false;
    };
  }
}
