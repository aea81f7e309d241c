package dev.rote.cli.service;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as users write them. */
final class Addresses {
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:https://)?(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):(\\d{1,5})");

  private Addresses() {}

  /**
   * The address itself.
   *
   * @throws CommandFailure unless it is {@code HOST:PORT} or {@code https://HOST:PORT} with a port
   *     in [1, 65535]
   */
  static String checked(Service service, String address) {
    Matcher matcher = HOST_AND_PORT.matcher(address);
    if (!matcher.matches() || !isPort(matcher.group(2))) {
      throw new CommandFailure(
          ExitCodes.INVALID,
          String.format(
              "the address of the %s service must be HOST:PORT with a port in [1, 65535], was '%s';"
                  + " https://HOST:PORT where it is encrypted",
              service.label(), address));
    }
    return address;
  }

  private static boolean isPort(String digits) {
    int port = Integer.parseInt(digits);
    return port >= 1 && port <= 65535;
  }
}
