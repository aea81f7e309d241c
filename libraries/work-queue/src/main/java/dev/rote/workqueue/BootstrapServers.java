package dev.rote.workqueue;

import java.util.regex.Pattern;

/**
 * The addresses under which Kafka is found. That a name is not known yet, or no longer, is an
 * outage like others and waited out; a broker's name comes and goes with its pod.
 */
public final class BootstrapServers {
  private static final String ADDRESS = "(?:[\\w.-]+|\\[[\\p{XDigit}:.]+]):\\d{1,5}";
  private static final Pattern ADDRESSES = Pattern.compile(ADDRESS + "(?:," + ADDRESS + ")*");

  private BootstrapServers() {}

  /**
   * The same addresses.
   *
   * @throws IllegalArgumentException unless they are {@code host:port}, or several of these with
   *     commas between them
   */
  public static String checked(String servers) {
    if (!ADDRESSES.matcher(servers).matches()) {
      throw new IllegalArgumentException(
          "Kafka's addresses (rote.kafka) must be host:port, or host:port,host:port for several,"
              + " not \""
              + servers
              + "\"");
    }
    return servers;
  }
}
