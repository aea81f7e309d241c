package dev.rote.sweeps.grpc;

import com.google.protobuf.util.Timestamps;
import com.google.rpc.Code;
import dev.rote.grpcerrors.ApiException;
import dev.rote.sweeps.kafka.WorkflowEngine;
import dev.rote.sweeps.workflow.SweepStatuses;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.WatchSweepResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells watchers of changes. All of them share one thread, and a slow one only misses what came in
 * between.
 */
public final class SweepWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SweepWatch.class);
  private static final long NEVER = -1;

  private final WorkflowEngine engine;
  private final Duration interval;
  private final Clock clock = Clock.systemUTC();
  private final ScheduledExecutorService scheduler =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "rote-sweep-watch");
            thread.setDaemon(true);
            return thread;
          });

  public SweepWatch(WorkflowEngine engine, Duration interval) {
    this.engine = engine;
    this.interval = interval;
  }

  void start(String sweepId, ServerCallStreamObserver<WatchSweepResponse> client) {
    scheduler.execute(new Watcher(sweepId, client));
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
  }

  private static boolean isPassing(RuntimeException failure) {
    return failure instanceof ApiException api && api.status().getCode() == Code.UNAVAILABLE_VALUE;
  }

  private final class Watcher implements Runnable {
    private final String sweepId;
    private final ServerCallStreamObserver<WatchSweepResponse> client;
    private long revision = NEVER;

    Watcher(String sweepId, ServerCallStreamObserver<WatchSweepResponse> client) {
      this.sweepId = sweepId;
      this.client = client;
    }

    @Override
    public void run() {
      if (client.isCancelled()) {
        return;
      }
      try {
        if (client.isReady() && ended()) {
          client.onCompleted();
          return;
        }
      } catch (RuntimeException e) {
        if (!isPassing(e)) {
          client.onError(e);
          return;
        }
        // The state is being loaded; the watcher need not know.
        log.debug("sweep {} cannot be looked at now", sweepId, e);
      }
      var unused = scheduler.schedule(this, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean ended() {
      SweepRecord record =
          engine.view().sweep(sweepId).orElseThrow(() -> SweepControls.unknown(sweepId));
      if (record.getRevision() != revision) {
        revision = record.getRevision();
        client.onNext(
            WatchSweepResponse.newBuilder()
                .setStatus(SweepStatuses.of(record, Timestamps.fromMillis(clock.millis())))
                .build());
      }
      return !SweepStatuses.isUnderWay(record.getPhase());
    }
  }
}
