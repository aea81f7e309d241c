package dev.rote.grpcerrors;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Bounds the calls that work at the same time; calls beyond are refused, not queued. */
public final class CallSlots {
  private final Semaphore free;
  private final int size;
  private final String setting;
  private final Duration retryIn;

  /**
   * @param setting name of the setting that says how many
   * @param retryIn what a caller that is refused is told to wait
   */
  public CallSlots(int size, String setting, Duration retryIn) {
    this.size = size;
    this.setting = setting;
    this.retryIn = retryIn;
    this.free = new Semaphore(size);
  }

  /**
   * Takes a slot; any thread may release it.
   *
   * @throws ApiException {@code RESOURCE_EXHAUSTED} when none is free
   */
  public void acquire() {
    if (!free.tryAcquire()) {
      throw full();
    }
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
