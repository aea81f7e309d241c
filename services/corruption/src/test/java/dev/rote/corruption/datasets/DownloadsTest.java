package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rote.artifacts.Sha256;
import dev.rote.corruption.datasets.DataFile.Origin;
import dev.rote.corruption.datasets.DatasetException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {
  private static final int LENGTH = 300_000;
  @TempDir Path directory;
  private final byte[] content = new byte[LENGTH];
  private final List<@Nullable String> ranges = new ArrayList<>();
  private HttpServer server;
  private Path target;

  @BeforeEach
  void start() throws IOException {
    for (int i = 0; i < LENGTH; i++) {
      content[i] = (byte) (i * 31);
    }
    target = directory.resolve("target");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Origin origin(long unpackedBytes) {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/file");
    return Origin.gzip(
        List.of(address), Sha256.hex(Sha256.of(ByteBuffer.wrap(content))), unpackedBytes);
  }

  private static Downloads downloads() {
    return downloads(Hosts.PRIVATE_TOO);
  }

  private static Downloads downloads(Hosts hosts) {
    return new Downloads(Duration.ofSeconds(20), Duration.ofMinutes(2), hosts, () -> false);
  }

  /** Serves {@code most} bytes a request and breaks off; ranges as far as {@code resumes} says. */
  private void serve(int most, boolean resumes) {
    server.createContext(
        "/file",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          ranges.add(range);
          int from =
              range == null || !resumes
                  ? 0
                  : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
          if (from > 0) {
            exchange
                .getResponseHeaders()
                .set("Content-Range", "bytes " + from + "-" + (LENGTH - 1) + "/" + LENGTH);
          }
          exchange.sendResponseHeaders(from > 0 ? 206 : 200, LENGTH - from);
          exchange.getResponseBody().write(content, from, Math.min(most, LENGTH - from));
          exchange.close();
        });
  }

  @Test
  void fetch_connectionBreaksOff_isTakenUpAgainWhereItEnded() {
    serve(120_000, true);
    downloads().fetch(origin(LENGTH), target);

    assertThat(target).hasBinaryContent(content);
    assertThat(ranges).containsExactly(null, "bytes=120000-", "bytes=240000-");
  }

  @Test
  void fetch_publisherServesNoRanges_beginsAgainAndEnds() {
    serve(120_000, false);
    assertThatThrownBy(() -> downloads().fetch(origin(LENGTH), target))
        .isInstanceOfSatisfying(
            DatasetException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE))
        .hasMessageContaining("could not fetch");
    assertThat(target).doesNotExist();
    assertThat(ranges).containsExactly(null, "bytes=120000-");
  }

  @Test
  void fetch_moreThanTheFileCanHave_endsAtTheBound() {
    AtomicLong sent = new AtomicLong();
    server.createContext("/file", exchange -> sendForEver(exchange, sent));
    assertThatThrownBy(() -> downloads().fetch(origin(LENGTH), target))
        .isInstanceOfSatisfying(
            DatasetException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED))
        .hasMessageContaining("size must be at most 365836, was more than 365836 bytes");
    assertThat(target).doesNotExist();
  }

  private static void sendForEver(HttpExchange exchange, AtomicLong sent) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] block = new byte[1 << 16];
    try {
      while (true) {
        exchange.getResponseBody().write(block);
        sent.addAndGet(block.length);
      }
    } finally {
      exchange.close();
    }
  }

  @Test
  void fetch_longerThanAllowed_endsWithTheTimeAndNothingLeft() {
    serve(LENGTH, true);
    AtomicLong seconds = new AtomicLong();
    InstantSource clock = () -> Instant.EPOCH.plusSeconds(seconds.getAndAdd(40));
    Downloads slow =
        new Downloads(
            Duration.ofSeconds(20), Duration.ofMinutes(1), Hosts.PRIVATE_TOO, () -> false, clock);
    assertThatThrownBy(() -> slow.fetch(origin(LENGTH), target))
        .isInstanceOfSatisfying(
            DatasetException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE))
        .hasMessageContaining("it took longer than PT1M");
    assertThat(target).doesNotExist();
  }

  private void refuses(Hosts hosts, String address, Reason reason, String why) {
    Downloads.Wanted wanted =
        new Downloads.Wanted("files.train.path", address, URI.create(address), "", LENGTH);
    assertThatThrownBy(() -> downloads(hosts).fetch(wanted, target))
        .isInstanceOfSatisfying(
            DatasetException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(address)
        .hasMessageContaining(why);
    assertThat(target).doesNotExist();
  }

  @Test
  void fetch_hostOfItsOwnNetwork_isNotAsked() {
    serve(LENGTH, true);
    String none = "is no host of the internet, and others are not asked";
    refuses(Hosts.PUBLIC, origin(LENGTH).addresses().get(0).toString(), Reason.REFUSED, none);
    for (String host : List.of("localhost", "10.1.2.3", "169.254.169.254", "[::1]")) {
      refuses(Hosts.PUBLIC, "https://" + host + "/latest", Reason.REFUSED, none);
    }
    assertThat(downloads(Hosts.PUBLIC).unreachable(URI.create("https://127.0.0.1/x")))
        .contains(none);
    assertThat(ranges).isEmpty();
  }

  @Test
  void fetch_redirect_isFollowedToHttpsAlone() {
    serve(LENGTH, true);
    String file = origin(LENGTH).addresses().get(0).toString();
    for (String target : List.of(file, "file:///etc/passwd", "ftp://host/x", "https:", "\\x")) {
      Redirects.add(server, "/leads", target);
      refuses(
          Hosts.PRIVATE_TOO,
          file.replace("/file", "/leads"),
          Reason.REFUSED,
          "it redirects to what is no https address");
      server.removeContext("/leads");
    }
    Redirects.add(server, "/leads", "https://127.0.0.1/x");
    refuses(Hosts.NAMED, file.replace("/file", "/leads"), Reason.UNREACHABLE, "it answers 302");
    assertThat(ranges).isEmpty();
  }

  /** What a socket says tells ports that are open from others, and names of machines. */
  @Test
  void fetch_nobodyThere_saysNothingOfTheSocket() throws IOException {
    String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/file";
    server.stop(0);
    String why = "could not fetch " + address + ": its host could not be reached, or broke off";
    refuses(Hosts.PRIVATE_TOO, address, Reason.UNREACHABLE, why);
    assertThat(downloads().unreachable(URI.create(address)))
        .isEqualTo("its host could not be reached, or broke off");
  }

  @Test
  void fetch_hardlyAnyBytes_endsLongBeforeTheTimeIsOver() {
    serve(LENGTH, true);
    AtomicLong seconds = new AtomicLong();
    InstantSource clock = () -> Instant.EPOCH.plusSeconds(seconds.getAndAdd(15));
    Downloads slow =
        new Downloads(
            Duration.ofSeconds(20), Duration.ofHours(1), Hosts.PRIVATE_TOO, () -> false, clock);
    assertThatThrownBy(() -> slow.fetch(origin(LENGTH), target))
        .isInstanceOfSatisfying(
            DatasetException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE))
        .hasMessageContaining("bytes in 30 s, and must bring 64000 in 30");
    assertThat(target).doesNotExist();
    assertThat(seconds.get()).isLessThan(120);
  }

  /** Each look at the clock is later by some seconds: of 8 KiB or so are there some forty. */
  private void fetchUnawaited(int secondsALook) {
    AtomicLong seconds = new AtomicLong();
    Downloads left =
        new Downloads(
            Duration.ofSeconds(20),
            Duration.ofHours(1),
            Hosts.PRIVATE_TOO,
            () -> true,
            () -> Instant.EPOCH.plusSeconds(seconds.getAndAdd(secondsALook)));
    left.fetch(origin(LENGTH), target);
  }

  @Test
  void fetch_nobodyWaitsAnyMore_endsUnlessItIsQuick() {
    serve(LENGTH, true);
    fetchUnawaited(0);
    assertThat(target).hasBinaryContent(content);
    assertThatThrownBy(() -> fetchUnawaited(5)).isInstanceOf(CancellationException.class);
  }
}
