package dev.rote.cli.service;

import dev.rote.access.grpc.Channels;
import dev.rote.access.grpc.Tls;
import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.v1.CorruptionServiceGrpc;
import dev.rote.v1.CorruptionServiceGrpc.CorruptionServiceBlockingStub;
import dev.rote.v1.MetricsServiceGrpc;
import dev.rote.v1.MetricsServiceGrpc.MetricsServiceStub;
import dev.rote.v1.StoreFileResponse;
import dev.rote.v1.SweepsServiceGrpc;
import dev.rote.v1.SweepsServiceGrpc.SweepsServiceBlockingStub;
import dev.rote.v1.TrainerServiceGrpc;
import dev.rote.v1.TrainerServiceGrpc.TrainerServiceBlockingStub;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Channels to the services, opened when first used.
 *
 * <p>Stubs of streams have no deadline; those for single answers do.
 */
public final class Connections implements AutoCloseable {
  /* Reports and model archives come in chunks of 1 MiB, results in one message. */
  private static final int MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

  private final Function<Service, Endpoint> endpoints;
  private final Tls tls;
  private final int timeoutSeconds;
  private final Runnable onClose;
  private final Map<Service, ManagedChannel> channels = new EnumMap<>(Service.class);

  /**
   * @param tls certificates of encrypted channels, closed with them
   * @param onClose done after the channels are closed
   */
  Connections(
      Function<Service, Endpoint> endpoints, Tls tls, int timeoutSeconds, Runnable onClose) {
    this.endpoints = endpoints;
    this.tls = tls;
    this.timeoutSeconds = timeoutSeconds;
    this.onClose = onClose;
  }

  /**
   * Connections to services whose addresses are all known.
   *
   * @param key that calls show; empty for none
   */
  public static Connections to(
      Map<Service, String> addresses, Optional<String> key, int timeoutSeconds) {
    return to(addresses, key, Tls.none(), timeoutSeconds);
  }

  /**
   * The same, where they may be encrypted.
   *
   * @param tls closed with the connections
   */
  public static Connections to(
      Map<Service, String> addresses, Optional<String> key, Tls tls, int timeoutSeconds) {
    return new Connections(
        service -> {
          String address = addresses.get(service);
          if (address == null) {
            throw new CommandFailure(
                ExitCodes.UNREACHABLE, "the stack has no " + service.label() + " service");
          }
          return new Endpoint(address, key);
        },
        tls,
        timeoutSeconds,
        () -> {});
  }

  /** For single answers: each call takes a fresh stub, since the deadline starts with the stub. */
  public SweepsServiceBlockingStub sweeps() {
    return sweepsStream().withDeadlineAfter(timeoutSeconds, TimeUnit.SECONDS);
  }

  public SweepsServiceBlockingStub sweepsStream() {
    return SweepsServiceGrpc.newBlockingStub(channel(Service.SWEEPS));
  }

  /** For single answers. */
  public CorruptionServiceBlockingStub corruption() {
    return corruptionStream().withDeadlineAfter(timeoutSeconds, TimeUnit.SECONDS);
  }

  public CorruptionServiceBlockingStub corruptionStream() {
    return CorruptionServiceGrpc.newBlockingStub(channel(Service.CORRUPTION));
  }

  /** Sends a file of a user's own, in pieces. */
  public StoreFileResponse store(Path file) throws IOException, InterruptedException {
    return new FileUpload(CorruptionServiceGrpc.newStub(channel(Service.CORRUPTION))).send(file);
  }

  /** For single answers. */
  public TrainerServiceBlockingStub trainer() {
    return trainerStream().withDeadlineAfter(timeoutSeconds, TimeUnit.SECONDS);
  }

  public TrainerServiceBlockingStub trainerStream() {
    return TrainerServiceGrpc.newBlockingStub(channel(Service.TRAINER));
  }

  public MetricsServiceStub metricsStream() {
    return MetricsServiceGrpc.newStub(channel(Service.METRICS));
  }

  private synchronized ManagedChannel channel(Service service) {
    return channels.computeIfAbsent(
        service,
        s -> {
          Endpoint endpoint = endpoints.apply(s);
          return Channels.open(endpoint.address(), endpoint::key, tls, MAX_MESSAGE_BYTES);
        });
  }

  @Override
  public synchronized void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
    channels.clear();
    tls.close();
    onClose.run();
  }
}
