package dev.rote.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** TCP ports of the loopback interface. */
final class Ports {

  static final String LOOPBACK = "127.0.0.1";

  private static final int LARGEST = 65_535;
  private static final Path SELF = Path.of("/proc/self");
  private static final List<Path> SOCKETS =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final int USER = 7;
  private static final String LISTENING = "0A";

  private Ports() {}

  static void check(String name, int port) {
    if (port < 1 || port > LARGEST) {
      throw new IllegalArgumentException(
          "%s must be in [1, %d], was %d".formatted(name, LARGEST, port));
    }
  }

  /** So many different ports that nobody listens on now. */
  static int[] free(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().mapToInt(ServerSocket::getLocalPort).toArray();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on the loopback interface", e);
    } finally {
      held.forEach(Ports::release);
    }
  }

  /** Whether nobody listens on a port now. */
  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Whether whoever listens on a port is this user: between the choice of a port and its use, and
   * while a part starts again, another user of the machine may take it, and would be shown keys.
   * Only Linux tells; elsewhere nobody is suspected.
   *
   * @return true, too, where nobody listens
   */
  static boolean isOwn(int port) {
    return isOwn(port, SOCKETS);
  }

  static boolean isOwn(int port, List<Path> tables) {
    if (tables.stream().noneMatch(Files::isReadable)) {
      return true;
    }
    String listening = String.format(Locale.ROOT, ":%04X", port);
    try {
      String self = Files.getAttribute(SELF, "unix:uid").toString();
      for (Path table : tables) {
        if (Files.isReadable(table) && hasStranger(table, listening, self)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("the kernel's table of sockets cannot be read", e);
    }
  }

  /* Columns: number, local address, remote address, state, queues, timer, retransmits, user. */
  private static boolean hasStranger(Path table, String listening, String self) throws IOException {
    try (Stream<String> lines = Files.lines(table)) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(columns -> columns.length > USER && columns[STATE].equals(LISTENING))
          .filter(columns -> columns[LOCAL].endsWith(listening))
          .anyMatch(columns -> !columns[USER].equals(self));
    }
  }

  private static void release(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether somebody accepts connections on a port. */
  static boolean accepts(int port, Duration timeout) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
          Math.toIntExact(timeout.toMillis()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
