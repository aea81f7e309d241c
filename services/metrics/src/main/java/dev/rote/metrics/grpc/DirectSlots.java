package dev.rote.metrics.grpc;

import dev.rote.grpcerrors.ApiException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Bounds the calls that compute at the same time; calls beyond are refused, not queued. */
final class DirectSlots {
  private final Semaphore free;
  private final int size;

  DirectSlots(int size) {
    this.size = size;
    this.free = new Semaphore(size);
  }

  /**
   * Takes a slot; any thread may release it.
   *
   * @throws ApiException {@code RESOURCE_EXHAUSTED} when none is free
   */
  void acquire() {
    if (!free.tryAcquire()) {
      throw ApiException.exhausted(
          "all " + size + " slots of this service are taken (rote.metrics.slots)",
          Duration.ofSeconds(1));
    }
  }

  void release() {
    free.release();
  }
}
