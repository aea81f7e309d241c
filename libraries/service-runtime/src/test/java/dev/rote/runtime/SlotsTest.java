package dev.rote.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rote.grpcerrors.ApiException;
import dev.rote.runtime.Slots.Admission;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private final Slots slots = new Slots(1, "rote.test.slots", Duration.ofSeconds(5));

  @Test
  void acquire_allTaken_namesTheSettingAndSaysWhenToRetry() {
    slots.acquire();
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(slots::acquire)
        .withMessage("all 1 slots of this service are taken (rote.test.slots)");
    slots.release();
    slots.acquire();
  }

  @Test
  void enter_waiting_isGivenUpWhenAsked() throws InterruptedException {
    slots.acquire();
    assertThat(slots.enter(Admission.WAIT, () -> true)).isFalse();
  }

  @Test
  void acquire_whileWorkWaits_doesNotOvertakeIt() throws Exception {
    slots.acquire();
    CountDownLatch waiting = new CountDownLatch(1);
    FutureTask<Boolean> work =
        new FutureTask<>(
            () ->
                slots.enter(
                    Admission.WAIT,
                    () -> {
                      waiting.countDown();
                      return false;
                    }));
    Thread thread = new Thread(work);
    thread.start();
    assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
    slots.release();
    assertThat(work.get(10, TimeUnit.SECONDS)).isTrue();
    assertThatExceptionOfType(ApiException.class).isThrownBy(slots::acquire);
  }
}
