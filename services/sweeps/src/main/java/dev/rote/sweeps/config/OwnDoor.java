package dev.rote.sweeps.config;

import dev.rote.runtime.ServiceConfig;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The address at which this service asks its own door of calls. */
@Singleton
public class OwnDoor {
  private final String address;

  OwnDoor(ServiceConfig config, @ConfigProperty(name = "quarkus.grpc.server.port") int grpcPort) {
    this.address =
        (config.tls().certificate().isPresent() ? "https://" : "") + "localhost:" + grpcPort;
  }

  /** {@code localhost:PORT}, or {@code https://localhost:PORT} where ports are encrypted. */
  public String address() {
    return address;
  }
}
