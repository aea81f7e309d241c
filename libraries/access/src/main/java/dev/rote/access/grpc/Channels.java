package dev.rote.access.grpc;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The one place where channels to services are opened. An address says whether they are encrypted:
 * {@code https://HOST:PORT} is, {@code HOST:PORT} is not.
 */
public final class Channels {
  private static final int DEFAULT_MESSAGE_BYTES = 4 << 20;
  private static final String ENCRYPTED = "https://";

  private Channels() {}

  /**
   * A channel whose calls carry a key; an encrypted one believes the authorities of the JVM.
   *
   * @param address {@code HOST:PORT} or {@code https://HOST:PORT}
   * @param key asked at every call; empty for none
   */
  public static ManagedChannel open(String address, Supplier<Optional<String>> key) {
    return open(address, key, Tls.none());
  }

  /** The same with certificates. */
  public static ManagedChannel open(String address, Supplier<Optional<String>> key, Tls tls) {
    return open(address, key, tls, DEFAULT_MESSAGE_BYTES);
  }

  /** The same, for answers of at most so many bytes. */
  public static ManagedChannel open(
      String address, Supplier<Optional<String>> key, Tls tls, int maxMessageBytes) {
    boolean encrypted = isEncrypted(address);
    ChannelCredentials credentials =
        encrypted ? tls.credentials() : InsecureChannelCredentials.create();
    String target = encrypted ? address.substring(ENCRYPTED.length()) : address;
    return Grpc.newChannelBuilder(target, credentials)
        .maxInboundMessageSize(maxMessageBytes)
        .intercept(new ShownKey(key))
        .build();
  }

  /** Whether channels to an address are encrypted. */
  public static boolean isEncrypted(String address) {
    return address.startsWith(ENCRYPTED);
  }
}
