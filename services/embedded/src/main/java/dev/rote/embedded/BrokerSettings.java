package dev.rote.embedded;

import java.nio.file.Path;

/**
 * Where a broker lives.
 *
 * @param directory of its logs; made and formatted if absent
 * @param port loopback port of clients
 * @param controllerPort loopback port of its own controller; may differ from start to start
 */
public record BrokerSettings(Path directory, int port, int controllerPort) {

  public BrokerSettings {
    Ports.check("port", port);
    Ports.check("controllerPort", controllerPort);
  }

  /** Settings with free ports. */
  public static BrokerSettings at(Path directory) {
    int[] ports = Ports.free(2);
    return new BrokerSettings(directory, ports[0], ports[1]);
  }
}
