package dev.rote.embedded;

import dev.rote.access.grpc.TlsFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a broker lives.
 *
 * @param directory of its logs; made and formatted if absent
 * @param listeners of clients; the first is also the broker's own way to itself, and so must be
 *     reachable from where it runs
 * @param users who are let in, by SASL PLAIN: passwords by name; empty where nobody is asked
 * @param tls what listeners of clients show, and by whose certificates the broker knows itself; the
 *     controller's port stays plain
 * @param controllerPort loopback port of its own controller; may differ from start to start
 */
public record BrokerSettings(
    Path directory,
    List<Listener> listeners,
    Map<String, String> users,
    TlsFiles tls,
    int controllerPort) {
  private static final Pattern USER = Pattern.compile("([\\w.-]+)=([\\w.-]+)");

  public BrokerSettings {
    listeners = List.copyOf(listeners);
    users = Map.copyOf(users);
    if (listeners.isEmpty()) {
      throw new IllegalArgumentException("a broker must have a listener");
    }
    Ports.check("controllerPort", controllerPort);
  }

  /**
   * Reads words {@code NAME=PASSWORD} with commas between them.
   *
   * @throws IllegalArgumentException when a word is none; it is not repeated, for it may hold a
   *     password
   */
  static Map<String, String> users(String words) {
    Map<String, String> users = new HashMap<>();
    for (String word : words.split(",", -1)) {
      Matcher user = USER.matcher(word.strip());
      if (!user.matches()) {
        throw new IllegalArgumentException(
            "ROTE_KAFKA_USERS must be NAME=PASSWORD,… of letters, digits and _ . -, and word "
                + (users.size() + 1)
                + " is not");
      }
      users.put(user.group(1), user.group(2));
    }
    return users;
  }

  /** Settings with free ports of the loopback interface. */
  public static BrokerSettings at(Path directory) {
    int[] ports = Ports.free(2);
    return new BrokerSettings(
        directory, List.of(Listener.loopback(ports[0])), Map.of(), TlsFiles.none(), ports[1]);
  }
}
