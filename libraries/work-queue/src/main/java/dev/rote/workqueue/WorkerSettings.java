package dev.rote.workqueue;

import dev.rote.access.OwnKey;
import dev.rote.access.grpc.Tls;
import dev.rote.spec.Versions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a worker loop needs to know.
 *
 * @param kafka where offers are, and the log
 * @param sweeps address of the sweeps service, {@code host:port} or {@code https://host:port}
 * @param kind the work to take
 * @param service that the worker belongs to; part of its name
 * @param slots pieces of work done at once, at least 1
 * @param grace how long {@link WorkerLoop#close} waits for work in flight to be yielded
 * @param versions semantic versions that the worker computes
 * @param numerics gives the family of numerics that the worker computes in, empty for one that
 *     computes no networks; asked once, when work is first claimed
 * @param key that the worker shows to the sweeps service; empty where that asks for none
 * @param tls certificates of an encrypted way to the sweeps service
 */
public record WorkerSettings(
    KafkaCluster kafka,
    String sweeps,
    WorkKind kind,
    String service,
    int slots,
    Duration grace,
    Versions versions,
    Supplier<String> numerics,
    Supplier<Optional<String>> key,
    Tls tls) {

  /** Of a worker that computes the versions of this build. */
  public WorkerSettings(
      KafkaCluster kafka,
      String sweeps,
      WorkKind kind,
      String service,
      int slots,
      Duration grace,
      Supplier<String> numerics) {
    this(
        kafka,
        sweeps,
        kind,
        service,
        slots,
        grace,
        Versions.CURRENT,
        numerics,
        OwnKey.none(),
        Tls.none());
  }

  /** Of a worker that computes the versions of this build, and no networks. */
  public WorkerSettings(
      KafkaCluster kafka, String sweeps, WorkKind kind, String service, int slots, Duration grace) {
    this(kafka, sweeps, kind, service, slots, grace, () -> "");
  }

  /** The same with a key. */
  public WorkerSettings withKey(Supplier<Optional<String>> shown) {
    return new WorkerSettings(
        kafka, sweeps, kind, service, slots, grace, versions, numerics, shown, tls);
  }

  /** The same with certificates. */
  public WorkerSettings withTls(Tls certificates) {
    return new WorkerSettings(
        kafka, sweeps, kind, service, slots, grace, versions, numerics, key, certificates);
  }

  public WorkerSettings {
    if (slots < 1) {
      throw new IllegalArgumentException("slots must be at least 1, was " + slots);
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace must not be negative, was " + grace);
    }
  }
}
