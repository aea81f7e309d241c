package dev.rote.runtime;

import dev.rote.grpcerrors.ApiException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Bounds what is worked on at a time. Calls beyond are refused, not queued; work from the queue
 * waits its turn, and no call overtakes it.
 */
public final class Slots {
  private static final long GLANCE_MILLIS = 200;

  /** What to do when no slot is free. */
  public enum Admission {
    /** Wait for one: work from the queue. */
    WAIT,
    /** Refuse: calls. */
    NOW
  }

  private final Semaphore free;
  private final int size;
  private final String setting;
  private final Duration retryIn;

  /**
   * @param setting name of the setting that says how many
   * @param retryIn what a caller that is refused is told to wait
   */
  public Slots(int size, String setting, Duration retryIn) {
    this.size = size;
    this.setting = setting;
    this.retryIn = retryIn;
    this.free = new Semaphore(size, true);
  }

  /**
   * Takes a slot; any thread may release it.
   *
   * @throws ApiException {@code RESOURCE_EXHAUSTED} when none is free
   */
  public void acquire() {
    if (free.hasQueuedThreads() || !free.tryAcquire()) {
      throw full();
    }
  }

  /**
   * Takes a slot; any thread may release it.
   *
   * @param givenUp asked while waiting
   * @return false when given up
   * @throws ApiException {@code RESOURCE_EXHAUSTED} for {@link Admission#NOW} when none is free
   */
  public boolean enter(Admission admission, BooleanSupplier givenUp) throws InterruptedException {
    if (admission == Admission.NOW) {
      acquire();
      return true;
    }
    while (!free.tryAcquire(GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
      if (givenUp.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }

  public void release() {
    free.release();
  }

  /** What a call beyond the last slot is told. */
  public ApiException full() {
    return ApiException.exhausted(
        "all " + size + " slots of this service are taken (" + setting + ")", retryIn);
  }
}
