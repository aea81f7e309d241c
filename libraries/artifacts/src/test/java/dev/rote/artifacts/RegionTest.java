package dev.rote.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What a store of a region is asked, and what it takes: a call that is signed for it. */
class RegionTest {
  private static final String REGION = "eu-central-1";
  private static final String SCOPE = "/" + REGION + "/s3/aws4_request";

  @Test
  void calls_ofAStoreWithARegion_areSignedForIt() throws Exception {
    Queue<String> shown = new ConcurrentLinkedQueue<>();
    HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          shown.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          exchange.getResponseHeaders().add("ETag", "\"e\"");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    URI endpoint = URI.create("http://localhost:" + server.getAddress().getPort());
    try (ObjectStore store =
        S3ObjectStore.connect(
            new ObjectStoreSettings(
                endpoint, "a", "b", "rote", Duration.ofSeconds(1), Optional.empty(), REGION))) {
      assertThat(store.putIfAbsent("a/b", new byte[1])).isTrue();
    } finally {
      server.stop(0);
    }

    assertThat(shown).isNotEmpty().allSatisfy(header -> assertThat(header).contains(SCOPE));
  }

  @Test
  void addresses_ofAStoreWithARegion_areSignedForIt() {
    URI endpoint = URI.create("http://localhost:9000");

    URI signed =
        new SignedAddresses(endpoint, "a", "b", REGION).of("data", "x", Duration.ofMinutes(1));

    assertThat(signed.getQuery()).contains(SCOPE);
  }
}
