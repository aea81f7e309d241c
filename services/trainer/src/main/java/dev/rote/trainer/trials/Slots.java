package dev.rote.trainer.trials;

import dev.rote.grpcerrors.ApiException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Bounds the trials that are trained at a time, wherever they come from. */
public final class Slots {
  private static final long GLANCE_MILLIS = 200;

  /** What to do when no slot is free. */
  public enum Admission {
    /** Wait for one: work from the queue. */
    WAIT,
    /** Refuse: direct calls. */
    NOW
  }

  private final int size;
  private final Semaphore free;

  public Slots(int size) {
    this.size = size;
    this.free = new Semaphore(size, true);
  }

  /**
   * Takes a slot.
   *
   * @param givenUp asked while waiting
   * @return false when given up
   * @throws ApiException {@code RESOURCE_EXHAUSTED} for {@link Admission#NOW} when none is free
   */
  boolean enter(Admission admission, BooleanSupplier givenUp) throws InterruptedException {
    if (admission == Admission.NOW) {
      if (!free.tryAcquire(0, TimeUnit.SECONDS)) {
        throw ApiException.exhausted(
            "all " + size + " slots of this service are taken (rote.trainer.slots)",
            Duration.ofSeconds(5));
      }
      return true;
    }
    while (!free.tryAcquire(GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
      if (givenUp.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }

  void leave() {
    free.release();
  }
}
