package dev.rote.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.rote.artifacts.HostTrouble.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class HostTroubleTest {
  private static final Clock HOUR_AHEAD = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

  private static Optional<Kind> kind(Throwable failure) {
    return HostTrouble.of(failure).map(HostTrouble::kind);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void deviceThatIsFull_isADiskThatIsFull() {
    Throwable full = catchThrowable(() -> Files.write(Path.of("/dev/full"), new byte[1]));
    assertThat(HostTrouble.of(new UncheckedIOException("no checkpoint", (IOException) full)))
        .hasValueSatisfying(
            trouble -> {
              assertThat(trouble.kind()).isEqualTo(Kind.DISK_FULL);
              assertThat(trouble.message()).contains("no checkpoint").contains("No space left");
            });
  }

  @Test
  void nativeMemoryAndLibraries_areTroublesOfTheHost_theHeapIsNot() {
    assertThat(kind(new OutOfMemoryError("Physical memory usage is too high: 3G > 2G")))
        .contains(Kind.MEMORY_SHORT);
    assertThat(
            kind(
                new IllegalStateException(
                    "weights failed: CUDA says cudaErrorMemoryAllocation (2)")))
        .contains(Kind.MEMORY_SHORT);
    assertThat(kind(new IOException("Map failed", new OutOfMemoryError("Map failed"))))
        .contains(Kind.MEMORY_SHORT);
    assertThat(kind(new UnsatisfiedLinkError("no jnind4jcpu in java.library.path")))
        .contains(Kind.LIBRARY_MISSING);
    assertThat(kind(new OutOfMemoryError("Java heap space"))).isEmpty();
    assertThat(kind(new IllegalStateException("No space left on device"))).isEmpty();
    assertThat(kind(new IOException("connection reset"))).isEmpty();
  }

  @Test
  void storeThatRefusesTheTime_isAClockThatIsWrong_anyOtherRefusalIsNot() throws IOException {
    Throwable skewed = refusedRead("RequestTimeTooSkewed");
    Throwable denied = refusedRead("AccessDenied");
    assertThat(kind(skewed)).contains(Kind.CLOCK_WRONG);
    assertThat(kind(denied)).isEmpty();
  }

  @Test
  void answerToAHead_tellsTheClockByItsDateAlone() throws IOException {
    Throwable refused = refusedHead();
    assertThat(HostTrouble.of(refused, HOUR_AHEAD).map(HostTrouble::kind))
        .contains(Kind.CLOCK_WRONG);
    assertThat(kind(refused)).isEmpty();
  }

  private static Throwable refusedRead(String code) throws IOException {
    return refused(code, store -> store.find("a/b"));
  }

  private static Throwable refusedHead() throws IOException {
    return refused("RequestTimeTooSkewed", store -> store.size("a/b"));
  }

  private interface Call {
    void run(ObjectStore store);
  }

  /** What the client throws at a store that answers 403. */
  private static Throwable refused(String code, Call call) throws IOException {
    byte[] body =
        "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>no</Message></Error>"
            .formatted(code)
            .getBytes(UTF_8);
    HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean head = "HEAD".equals(exchange.getRequestMethod());
          boolean bucket = exchange.getRequestURI().getPath().matches("/rote/?");
          exchange.getResponseHeaders().add("Content-Type", "application/xml");
          exchange.sendResponseHeaders(bucket ? 200 : 403, head || bucket ? -1 : body.length);
          if (!head && !bucket) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    try (ObjectStore store =
        S3ObjectStore.connect(
            new ObjectStoreSettings(
                URI.create("http://localhost:" + server.getAddress().getPort()),
                "a",
                "b",
                "rote",
                Duration.ofMillis(200)))) {
      return catchThrowable(() -> call.run(store));
    } finally {
      server.stop(0);
    }
  }
}
