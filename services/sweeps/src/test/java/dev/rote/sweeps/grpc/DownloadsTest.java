package dev.rote.sweeps.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rote.grpcerrors.ApiException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readers who take nothing in leave downloads to others. */
class DownloadsTest {
  private final Downloads downloads = new Downloads();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Deque<CountDownLatch> begun = new ArrayDeque<>();

  @AfterEach
  void close() throws InterruptedException {
    end.countDown();
    threads.shutdown();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  private void hold(String caller) throws InterruptedException {
    CountDownLatch here = new CountDownLatch(1);
    begun.add(here);
    threads.execute(
        () ->
            downloads.run(
                caller,
                () -> {
                  here.countDown();
                  awaitEnd();
                }));
    assertThat(here.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String refusal(String caller) {
    ApiException refused =
        catchThrowableOfType(ApiException.class, () -> downloads.run(caller, () -> {}));
    return String.valueOf(refused.getMessage());
  }

  @Test
  void run_moreThanACallerMayHave_isRefusedAndOthersAreNot() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      hold("eve");
    }
    AtomicInteger sent = new AtomicInteger();

    assertThat(refusal("eve")).isEqualTo("eve has 4 downloads under way, which is all that it may");
    downloads.run("ada", sent::incrementAndGet);

    assertThat(sent).hasValue(1);
  }

  @Test
  void run_moreThanTheServiceBears_isRefusedUntilOneEnds() throws InterruptedException {
    for (int i = 0; i < 16; i++) {
      hold("caller" + i / 4);
    }

    assertThat(refusal("ada")).contains("all 16 slots").contains("downloads at a time");

    end.countDown();
    AtomicInteger sent = new AtomicInteger();
    for (int tries = 0; sent.get() == 0 && tries < 1_000; tries++) {
      try {
        downloads.run("ada", sent::incrementAndGet);
      } catch (ApiException full) {
        Thread.sleep(10);
      }
    }
    assertThat(sent).hasValue(1);
  }
}
