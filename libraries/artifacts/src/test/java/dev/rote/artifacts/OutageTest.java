package dev.rote.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class OutageTest {

  @Test
  void anyCall_nobodyListens_isUnavailableAfterThePatience() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    ObjectStoreSettings settings =
        new ObjectStoreSettings(
            URI.create("http://localhost:" + port), "a", "b", "rote", Duration.ofMillis(200));
    try (ObjectStore store = S3ObjectStore.connect(settings)) {
      List<ThrowingCallable> calls =
          List.of(
              () -> store.find("a/b"),
              () -> store.size("a/b"),
              () -> store.list("a/", "", 10),
              () -> store.open("a/b", 0),
              () -> store.putIfAbsent("a/b", new byte[1]),
              () -> store.delete("a/b"));
      for (ThrowingCallable call : calls) {
        assertThatExceptionOfType(ObjectStoreException.class)
            .isThrownBy(call)
            .satisfies(
                e -> assertThat(e.reason()).isEqualTo(ObjectStoreException.Reason.UNAVAILABLE));
      }
    }
  }
}
