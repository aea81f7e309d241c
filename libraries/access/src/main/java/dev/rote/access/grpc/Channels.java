package dev.rote.access.grpc;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.Optional;
import java.util.function.Supplier;

/** The one place where channels to services are opened. */
public final class Channels {
  private static final int DEFAULT_MESSAGE_BYTES = 4 << 20;

  private Channels() {}

  /**
   * A channel whose calls carry a key.
   *
   * @param target {@code host:port}
   * @param key asked at every call; empty for none
   */
  public static ManagedChannel open(String target, Supplier<Optional<String>> key) {
    return open(target, key, DEFAULT_MESSAGE_BYTES);
  }

  /** The same, for answers of at most so many bytes. */
  public static ManagedChannel open(
      String target, Supplier<Optional<String>> key, int maxMessageBytes) {
    return ManagedChannelBuilder.forTarget(target)
        .usePlaintext()
        .maxInboundMessageSize(maxMessageBytes)
        .intercept(new ShownKey(key))
        .build();
  }
}
