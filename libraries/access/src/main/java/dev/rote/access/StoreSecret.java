package dev.rote.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The secret key of the object store: one that is in print opens nothing beyond this machine. */
public final class StoreSecret {
  /** The variable that holds it. */
  public static final String VARIABLE = "ROTE_S3_SECRET_KEY";

  /* The one of earlier releases, and the one that MinIO begins with. */
  private static final Set<String> IN_PRINT = Set.of("rote-secret", "minioadmin");

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:.]*:.*]?");
  private static final String REMEDY =
      "; make one for this installation, such as by 'openssl rand -hex 32', and give it to the object"
          + " store and to all services (docs/security.md)";

  private StoreSecret() {}

  /**
   * Takes a secret for a store.
   *
   * @param host of the store, or the address that a store listens on
   * @return the secret
   * @throws IllegalArgumentException when there is none, or when it is in print and the store is
   *     not of this machine alone
   */
  public static String checked(Optional<String> secret, String host) {
    String given = secret.filter(text -> !text.isBlank()).orElse("");
    if (given.isEmpty()) {
      throw new IllegalArgumentException(
          VARIABLE + " is not set, and no object store is without a secret key" + REMEDY);
    }
    if (IN_PRINT.contains(given) && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "%s is a secret that everybody knows, and the object store at %s is not on the loopback"
                  .formatted(VARIABLE, host)
              + " interface"
              + REMEDY);
    }
    return given;
  }

  /** Whether a host is this machine's loopback interface, by its name or number; asks no server. */
  static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.equals("localhost") || name.endsWith(".localhost")) {
      return true;
    }
    try {
      return ADDRESS.matcher(name).matches()
          && Arrays.stream(InetAddress.getAllByName(name)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
