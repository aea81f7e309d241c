package dev.rote.workqueue;

import dev.rote.spec.Versions;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a worker loop needs to know.
 *
 * @param kafka bootstrap servers, {@code host:port,…}
 * @param sweeps gRPC target of the sweeps service, {@code host:port}
 * @param kind the work to take
 * @param service that the worker belongs to; part of its name
 * @param slots pieces of work done at once, at least 1
 * @param grace how long {@link WorkerLoop#close} waits for work in flight to be yielded
 * @param versions semantic versions that the worker computes
 * @param numerics gives the family of numerics that the worker computes in, empty for one that
 *     computes no networks; asked once, when work is first claimed
 */
public record WorkerSettings(
    String kafka,
    String sweeps,
    WorkKind kind,
    String service,
    int slots,
    Duration grace,
    Versions versions,
    Supplier<String> numerics) {

  /** Of a worker that computes the versions of this build. */
  public WorkerSettings(
      String kafka,
      String sweeps,
      WorkKind kind,
      String service,
      int slots,
      Duration grace,
      Supplier<String> numerics) {
    this(kafka, sweeps, kind, service, slots, grace, Versions.CURRENT, numerics);
  }

  /** Of a worker that computes the versions of this build, and no networks. */
  public WorkerSettings(
      String kafka, String sweeps, WorkKind kind, String service, int slots, Duration grace) {
    this(kafka, sweeps, kind, service, slots, grace, () -> "");
  }

  public WorkerSettings {
    BootstrapServers.checked(kafka);
    if (slots < 1) {
      throw new IllegalArgumentException("slots must be at least 1, was " + slots);
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace must not be negative, was " + grace);
    }
  }
}
