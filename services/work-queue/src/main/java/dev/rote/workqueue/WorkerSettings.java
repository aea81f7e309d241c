package dev.rote.workqueue;

import io.grpc.ManagedChannel;
import java.time.Duration;

/**
 * What a worker loop needs to know.
 *
 * @param kafka bootstrap servers, {@code host:port,…}
 * @param kind the work to take
 * @param slots pieces of work done at once, at least 1
 * @param worker host and process of the worker, unique among the living
 * @param sweeps channel to the sweeps service; stays the caller's to shut down
 * @param grace how long {@link WorkerLoop#close} waits for work in flight to be yielded
 */
public record WorkerSettings(
    String kafka, WorkKind kind, int slots, String worker, ManagedChannel sweeps, Duration grace) {

  public WorkerSettings {
    if (slots < 1) {
      throw new IllegalArgumentException("slots must be at least 1, was " + slots);
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace must not be negative, was " + grace);
    }
  }
}
