package dev.rote.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where a broker lives.
 *
 * @param directory of its logs; made and formatted if absent
 * @param listeners of clients; the first is also the broker's own way to itself, and so must be
 *     reachable from where it runs
 * @param users who are let in, by SASL PLAIN: passwords by name; empty where nobody is asked
 * @param controllerPort loopback port of its own controller; may differ from start to start
 */
public record BrokerSettings(
    Path directory, List<Listener> listeners, Map<String, String> users, int controllerPort) {

  public BrokerSettings {
    listeners = List.copyOf(listeners);
    users = Map.copyOf(users);
    if (listeners.isEmpty()) {
      throw new IllegalArgumentException("a broker must have a listener");
    }
    Ports.check("controllerPort", controllerPort);
  }

  /** Settings with free ports of the loopback interface. */
  public static BrokerSettings at(Path directory) {
    int[] ports = Ports.free(2);
    return new BrokerSettings(directory, List.of(Listener.loopback(ports[0])), Map.of(), ports[1]);
  }
}
