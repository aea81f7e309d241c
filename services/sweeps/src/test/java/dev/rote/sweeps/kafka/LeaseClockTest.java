package dev.rote.sweeps.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.sweeps.workflow.Answer;
import dev.rote.workqueue.Pulses;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While time stands still for leases, the pulses that make the service's health say so. */
@Timeout(60)
class LeaseClockTest {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Pulses pulses = new Pulses();
  private final BlockingQueue<CompletableFuture<Answer>> ticks = new LinkedBlockingQueue<>();
  private volatile boolean outstanding = true;
  private volatile boolean decides = true;
  private volatile Optional<String> holdUp = Optional.empty();
  private LeaseClock clock;

  @BeforeEach
  void start() {
    clock =
        new LeaseClock(
            () -> outstanding,
            event -> {
              CompletableFuture<Answer> answer = new CompletableFuture<>();
              if (decides) {
                answer.complete(new Answer.None());
              }
              ticks.add(answer);
              return answer;
            },
            () -> holdUp,
            Duration.ofMillis(5),
            Duration.ofSeconds(3),
            pulses.part("lease clock and workflow", PATIENCE));
    clock.start();
  }

  @AfterEach
  void stop() {
    clock.close();
  }

  private CompletableFuture<Answer> tick() throws InterruptedException {
    CompletableFuture<Answer> tick = ticks.poll(20, TimeUnit.SECONDS);
    assertThat(tick).as("a tick").isNotNull();
    return tick;
  }

  private void awaitStanding(boolean still) throws InterruptedException {
    while (pulses.standing().isEmpty() == still) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  @Test
  void tickThatIsNotDecided_makesHealthDown_untilItIs() throws Exception {
    var unused = tick();
    awaitStanding(false);
    decides = false;
    awaitStanding(true);
    assertThat(pulses.standing()).containsOnlyKeys("lease clock and workflow");
    decides = true;
    CompletableFuture<Answer> stuck = tick();
    while (stuck.isDone()) {
      stuck = tick();
    }
    stuck.complete(new Answer.None());
    awaitStanding(false);
  }

  @Test
  void tickThatFails_isNoSignOfLife() throws Exception {
    decides = false;
    CompletableFuture<Answer> failing = tick();
    failing.completeExceptionally(new IllegalStateException("a defect"));
    while (pulses.standing().isEmpty()) {
      CompletableFuture<Answer> next = ticks.poll(5, TimeUnit.MILLISECONDS);
      if (next != null) {
        next.completeExceptionally(new IllegalStateException("a defect"));
      }
    }
  }

  @Test
  void nothingOutstanding_needsNoTicks_andIsWell() throws Exception {
    var unused = tick();
    outstanding = false;
    while (ticks.poll(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS) != null) {
      // One that was under way.
    }
    assertThat(pulses.standing()).isEmpty();
  }

  /** No tick is under way that could be late. */
  @Test
  void nothingOutstanding_andKafkaSilent_makesHealthDown_untilItAnswers() throws Exception {
    outstanding = false;
    holdUp = Optional.of("Kafka has not answered");
    awaitStanding(true);
    assertThat(pulses.standing().get("lease clock and workflow"))
        .matches("held up for \\d+ s: Kafka has not answered");
    assertThat(pulses.dead()).isEmpty();
    holdUp = Optional.empty();
    awaitStanding(false);
  }
}
