package dev.rote.embedded;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a broker takes connections.
 *
 * @param bind address of the interface that it listens on
 * @param port that it listens on
 * @param advertised {@code host:port} that clients are told to connect to
 */
public record Listener(String bind, int port, String advertised) {

  private static final Pattern TEXT = Pattern.compile("([^=]+):(\\d{1,5})=([^=]+:\\d{1,5})");

  public Listener {
    Ports.check("port", port);
  }

  /** For clients on this machine alone. */
  public static Listener loopback(int port) {
    return new Listener(Ports.LOOPBACK, port, Ports.LOOPBACK + ":" + port);
  }

  /**
   * Reads {@code BIND:PORT=HOST:PORT}, such as {@code 0.0.0.0:9092=broker:9092}.
   *
   * @throws IllegalArgumentException if the text is not of that form
   */
  public static Listener parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a listener must be BIND:PORT=HOST:PORT, such as 0.0.0.0:9092=broker:9092, was " + text);
    }
    return new Listener(matcher.group(1), Integer.parseInt(matcher.group(2)), matcher.group(3));
  }

  @Override
  public String toString() {
    return bind + ":" + port + "=" + advertised;
  }
}
