package dev.rote.workqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class PulseTest {
  private final AtomicLong now = new AtomicLong();
  private final Pulses pulses = new Pulses(now::get);
  private final Pulse pulse = pulses.part("the clock of leases", Duration.ofSeconds(10));

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void part_thatWasNotBegun_isNotMissed() {
    pass(Duration.ofDays(1));
    assertThat(pulses.standing()).isEmpty();
  }

  @Test
  void part_thatComesRound_lives_andIsMissedAfterItsPatience() {
    for (int i = 0; i < 100; i++) {
      pulse.beat();
      pass(Duration.ofSeconds(9));
    }
    assertThat(pulses.standing()).isEmpty();
    pass(Duration.ofSeconds(2));
    assertThat(pulses.standing())
        .containsEntry("the clock of leases", "did not come round for 11 s, longest allowed 10 s");
    pulse.beat();
    assertThat(pulses.standing()).isEmpty();
  }

  @Test
  void part_whoseThreadNeverCame_isMissed() {
    pulse.begin();
    pass(Duration.ofSeconds(11));
    assertThat(pulses.standing()).hasSize(1);
  }

  @Test
  void thread_thatEndedWithoutAWord_isTold_atOnce() throws InterruptedException {
    Thread thread = new Thread(pulse::beat, "clock-1");
    thread.start();
    thread.join();
    assertThat(pulse.standing()).contains("its thread clock-1 has ended");
  }

  @Test
  void task_thatThrows_isToldAtOnce_oneThatReturns_rests() {
    pulse.task(() -> {}).run();
    pass(Duration.ofDays(1));
    assertThat(pulse.standing()).isEmpty();
    pulse
        .task(
            () -> {
              throw new StackOverflowError("deep");
            })
        .run();
    assertThat(pulse.standing()).contains("ended by java.lang.StackOverflowError: deep");
  }

  @Test
  void part_thatIsHeldUp_standsStill_butIsNotDead_untilItGoesOn() {
    pulse.held("no answer");
    for (int i = 0; i < 12; i++) {
      assertThat(pulses.standing()).isEmpty();
      pass(Duration.ofMillis(900));
      pulse.live();
      pulse.held("no answer");
    }
    assertThat(pulses.standing())
        .containsEntry("the clock of leases", "held up for 10 s: no answer");
    assertThat(pulses.dead()).isEmpty();
    assertThat(new PulseReport(pulses).call().getStatus()).isEqualTo(Status.DOWN);
    assertThat(new PulseReport(pulses).liveness().call().getStatus()).isEqualTo(Status.UP);
    pulse.beat();
    assertThat(pulses.standing()).isEmpty();
    pulse.held("no answer");
    assertThat(pulses.standing()).as("held up anew").isEmpty();
  }

  @Test
  void part_thatIsHeldUp_isDead_whenItsThreadIsGone() throws InterruptedException {
    Thread thread = new Thread(() -> pulse.held("no answer"), "door");
    thread.start();
    thread.join();
    assertThat(pulses.dead()).containsEntry("the clock of leases", "its thread door has ended");
  }

  @Test
  void part_thatIsForgotten_isNotMissed() {
    pulse.fail(new IllegalStateException());
    pulses.remove(pulse);
    assertThat(pulses.standing()).isEmpty();
  }

  @Test
  void healthAndMeter_tellWhatStandsStill() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    PulseReport report = new PulseReport(pulses);
    report.bindTo(registry);
    assertThat(report.call().getStatus()).isEqualTo(Status.UP);
    assertThat(registry.get("rote.parts.standing").gauge().value()).isZero();
    pulse.fail(new IllegalStateException("no more ticks"));
    assertThat(report.call().getStatus()).isEqualTo(Status.DOWN);
    assertThat(report.call().getData().orElseThrow())
        .containsEntry(
            "the clock of leases", "ended by java.lang.IllegalStateException: no more ticks");
    assertThat(registry.get("rote.parts.standing").gauge().value()).isOne();
  }

  @Test
  void outOfMemory_isFoundAmongCauses() {
    assertThat(OutOfMemory.isCauseOf(new IllegalStateException(new OutOfMemoryError()))).isTrue();
    assertThat(OutOfMemory.isCauseOf(new IllegalStateException(new StackOverflowError())))
        .isFalse();
  }
}
