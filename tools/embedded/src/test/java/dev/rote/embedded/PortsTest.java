package dev.rote.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells whose sockets are")
class PortsTest {
  private static final String HEADER =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout";

  private final Path folder;

  PortsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private boolean isOwn(int port, String... lines) throws IOException {
    Path table = Files.createTempFile(folder, "tcp", "");
    Files.writeString(table, HEADER + "\n" + String.join("\n", lines) + "\n");
    return Ports.isOwn(port, List.of(table, folder.resolve("none")));
  }

  private static String line(int port, String state, Object user) {
    return String.format(
        Locale.ROOT,
        "   0: 0100007F:%04X 00000000:0000 %s 00000000:00000000 00:00000000 00000000 %5s        0 1",
        port,
        state,
        user);
  }

  @Test
  void port_thatThisUserListensOn_isOwn() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.isOwn(socket.getLocalPort())).isTrue();
    }
  }

  @Test
  void port_thatAnotherUserListensOn_isNot() throws IOException {
    Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    assertThat(isOwn(9011, line(9011, "0A", 54321))).isFalse();
    assertThat(isOwn(9011, line(9011, "0A", self), line(9011, "0A", 54321))).isFalse();
    assertThat(isOwn(9011, line(9011, "0A", self), line(9012, "0A", 54321))).isTrue();
    assertThat(isOwn(9011, line(9011, "01", 54321))).isTrue();
    assertThat(isOwn(9011)).isTrue();
  }

  @Test
  void port_whereNoTableIs_isSuspectedOfNothing() {
    assertThat(Ports.isOwn(9011, List.of(folder.resolve("none")))).isTrue();
  }
}
