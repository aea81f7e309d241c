package dev.rote.sweeps.kafka;

import dev.rote.grpcerrors.ApiException;
import dev.rote.sweeps.workflow.Answer;
import dev.rote.v1.ClockTicked;
import dev.rote.v1.WorkflowEvent;
import dev.rote.workqueue.Pulse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ticks while there is work that time matters to. A tick carries the time since the one before, but
 * no more than a cap, and waits until that one is decided: while this service is down, the log out
 * of reach or the workflow stuck, leases do not expire.
 */
final class LeaseClock implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LeaseClock.class);

  private final BooleanSupplier outstanding;
  private final Function<WorkflowEvent.Builder, CompletableFuture<Answer>> workflow;
  private final Supplier<Optional<String>> holdUp;
  private final Duration tick;
  private final Duration longest;
  private final Pulse pulse;
  private final CountDownLatch closing = new CountDownLatch(1);

  /**
   * @param outstanding whether there is work that time matters to
   * @param workflow writes an event, and completes with the decision on it
   * @param holdUp why a tick would not be decided, asked while none is needed
   * @param pulse beats with each tick that is decided, and while none is needed and nothing is in
   *     the way of one
   */
  LeaseClock(
      BooleanSupplier outstanding,
      Function<WorkflowEvent.Builder, CompletableFuture<Answer>> workflow,
      Supplier<Optional<String>> holdUp,
      Duration tick,
      Duration longest,
      Pulse pulse) {
    this.outstanding = outstanding;
    this.workflow = workflow;
    this.holdUp = holdUp;
    this.tick = tick;
    this.longest = longest;
    this.pulse = pulse;
  }

  void start() {
    Thread thread = new Thread(pulse.task(this::run), "rote-lease-clock");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    CompletableFuture<Boolean> last = CompletableFuture.completedFuture(true);
    long lastNanos = System.nanoTime();
    try {
      while (!closing.await(tick.toMillis(), TimeUnit.MILLISECONDS)) {
        if (!last.isDone()) {
          // The log is out of reach or the workflow stuck: time stands still.
          continue;
        }
        boolean decided = last.join();
        long now = System.nanoTime();
        long elapsed = Math.min(Duration.ofNanos(now - lastNanos).toMillis(), longest.toMillis());
        lastNanos = now;
        boolean needed = outstanding();
        if (decided) {
          pulse.round(needed ? Optional.empty() : holdUp.get());
        }
        if (!decided || needed) {
          last =
              workflow
                  .apply(
                      WorkflowEvent.newBuilder()
                          .setClockTicked(ClockTicked.newBuilder().setAdvanceMillis((int) elapsed)))
                  .handle((answer, failure) -> failure == null);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean outstanding() {
    try {
      return outstanding.getAsBoolean();
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
