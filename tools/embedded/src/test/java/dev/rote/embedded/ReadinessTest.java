package dev.rote.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final String PARTS =
      "{\"name\": \"gRPC Server\", \"status\": \"%s\", \"data\": {}}";
  private static final String WORKER =
      "{\"name\": \"worker\", \"status\": \"DOWN\","
          + " \"data\": {\"reason\": \"DISK_FULL\", \"message\": \"no room in /cache\"}}";

  private HttpServer server;
  private int status;
  private String body = "";

  ReadinessTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void answer() {
    server.createContext(
        "/q/health/ready",
        exchange -> {
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Readiness readiness() {
    int port = server.getAddress().getPort();
    return new Readiness(
        StackRecord.fresh()
            .started(Map.of("trainer", port, "trainer-http", port), true, Optional.empty()));
  }

  private void says(int newStatus, String... checks) {
    status = newStatus;
    body = "{\"status\": \"DOWN\", \"checks\": [" + String.join(", ", checks) + "]}";
  }

  @Test
  void shouldServe_whenAWorkerTakesNoWorkForNow() throws Exception {
    says(503, PARTS.formatted("UP"), WORKER);

    assertThat(readiness().serves(Part.TRAINER)).isTrue();
    assertThat(readiness().hindrance(Part.TRAINER)).contains("DISK_FULL: no room in /cache");
  }

  @Test
  void shouldNotServe_whenAnythingElseIsDown() throws Exception {
    says(503, PARTS.formatted("DOWN"), WORKER);
    assertThat(readiness().serves(Part.TRAINER)).isFalse();
    says(503);
    assertThat(readiness().serves(Part.TRAINER)).isFalse();
    says(500, PARTS.formatted("UP"));
    assertThat(readiness().serves(Part.TRAINER)).isFalse();
    says(200, PARTS.formatted("UP"));
    assertThat(readiness().serves(Part.TRAINER)).isTrue();
    server.stop(0);
    assertThat(readiness().serves(Part.TRAINER)).isFalse();
  }
}
