package dev.rote.access.grpc;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Files of PEM by which one end of a connection proves itself and knows the other.
 *
 * @param certificate chain of its own, the leaf first; empty where it shows none
 * @param key private key of the leaf, PKCS#8
 * @param ca certificates of the authorities that it believes; empty for those of the JVM
 */
public record TlsFiles(Optional<Path> certificate, Optional<Path> key, Optional<Path> ca) {
  private static final String CERTIFICATE = "ROTE_TLS_CERTIFICATE";
  private static final String KEY = "ROTE_TLS_KEY";
  private static final String CA = "ROTE_TLS_CA";

  /** The variables that {@link #of} reads. */
  public static final Set<String> VARIABLES = Set.of(CERTIFICATE, KEY, CA);

  public TlsFiles {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          "%s and %s belong together: %s is missing"
              .formatted(CERTIFICATE, KEY, key.isPresent() ? CERTIFICATE : KEY));
    }
  }

  /** Shows no certificate, and believes the authorities of the JVM. */
  public static TlsFiles none() {
    return new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Of {@link #VARIABLES}. */
  public static TlsFiles of(Map<String, String> environment) {
    return new TlsFiles(
        path(environment, CERTIFICATE), path(environment, KEY), path(environment, CA));
  }

  private static Optional<Path> path(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank()).map(Path::of);
  }
}
