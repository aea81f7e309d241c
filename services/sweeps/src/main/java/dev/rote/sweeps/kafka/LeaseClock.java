package dev.rote.sweeps.kafka;

import dev.rote.grpcerrors.ApiException;
import dev.rote.v1.ClockTicked;
import dev.rote.v1.WorkflowEvent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ticks while there is work that time matters to. A tick carries the time since the one before, but
 * no more than a cap: while this service is down or the log out of reach, leases do not expire.
 */
final class LeaseClock implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LeaseClock.class);

  private final WorkflowEngine engine;
  private final WorkflowLog workflowLog;
  private final Duration tick;
  private final Duration longest;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "rote-lease-clock");

  LeaseClock(WorkflowEngine engine, WorkflowLog workflowLog, Duration tick, Duration longest) {
    this.engine = engine;
    this.workflowLog = workflowLog;
    this.tick = tick;
    this.longest = longest;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    long lastNanos = System.nanoTime();
    try {
      while (!closing.await(tick.toMillis(), TimeUnit.MILLISECONDS)) {
        if (!last.isDone()) {
          // The log is out of reach: time stands still.
          continue;
        }
        long now = System.nanoTime();
        long elapsed = Math.min(Duration.ofNanos(now - lastNanos).toMillis(), longest.toMillis());
        lastNanos = now;
        if (outstanding()) {
          last =
              workflowLog.publish(
                  WorkflowEvent.newBuilder()
                      .setClockTicked(ClockTicked.newBuilder().setAdvanceMillis((int) elapsed)));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean outstanding() {
    try {
      return engine.running() && engine.view().outstanding();
    } catch (ApiException | KafkaException e) {
      log.debug("no tick while the state is moving", e);
      return false;
    }
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
