package dev.rote.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreSettings;
import dev.rote.artifacts.S3ObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ObjectStoreServerIT {

  private static final String ACCESS = "rote";
  private static final String SECRET = "a secret of this test";

  @TempDir Path directory;
  private final int port = Ports.free(1)[0];
  private ObjectStoreServer server;

  @BeforeEach
  void start() {
    server = ObjectStoreServer.start(directory, port, ACCESS, SECRET);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private S3ObjectStore client(String secret) {
    return S3ObjectStore.connect(
        new ObjectStoreSettings(
            server.endpoint(), ACCESS, secret, "bucket", Duration.ofSeconds(20)));
  }

  private static byte[] bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @Test
  void shouldLetOneWriterWin_whenSixteenPutTheSameKeyAtOnce() throws Exception {
    int writers = 16;
    ExecutorService pool = Executors.newFixedThreadPool(writers);
    try (S3ObjectStore store = client(SECRET)) {
      CyclicBarrier start = new CyclicBarrier(writers);
      List<Future<Boolean>> puts = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        byte[] content = bytes(100_000, i);
        puts.add(
            pool.submit(
                () -> {
                  start.await();
                  return store.putIfAbsent("trials/t/result", content);
                }));
      }
      List<Integer> winners = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        if (puts.get(i).get()) {
          winners.add(i);
        }
      }
      assertThat(winners).hasSize(1);
      assertThat(store.get("trials/t/result")).isEqualTo(bytes(100_000, winners.get(0)));
      assertThat(store.list("trials/", "", 10)).containsExactly("trials/t/result");
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void shouldKeepObjects_whenStartedAgain() {
    try (S3ObjectStore store = client(SECRET)) {
      store.putIfAbsent("variants/v/manifest", bytes(10, 1));
      server.close();
      server = ObjectStoreServer.start(directory, port, ACCESS, SECRET);
      assertThat(store.get("variants/v/manifest")).isEqualTo(bytes(10, 1));
      assertThat(store.putIfAbsent("variants/v/manifest", bytes(10, 2))).isFalse();
    }
  }

  @Test
  void shouldRefuse_whenTheSecretIsWrong() {
    try (S3ObjectStore store = client("another")) {
      assertThatThrownBy(() -> store.putIfAbsent("a", bytes(1, 1)))
          .isInstanceOfSatisfying(
              ObjectStoreException.class,
              e -> assertThat(e.reason()).isEqualTo(ObjectStoreException.Reason.REFUSED));
    }
  }

  /** A server that is killed leaves the file that it was writing. */
  @Test
  void shouldRemoveUnfinishedFiles_whenStartedAfterAKill() throws Exception {
    try (S3ObjectStore store = client(SECRET)) {
      store.putIfAbsent("trials/t/result", bytes(10, 1));
      Path unfinished =
          directory.resolve("bucket/trials/t/result-0f8fad5b-d9cb-469f-a165-70867728950e");
      Files.write(unfinished, bytes(5, 1));
      assertThat(store.list("trials/", "", 10)).containsExactly("trials/t/result");
      server.close();
      server = ObjectStoreServer.start(directory, port, ACCESS, SECRET);
      try (Stream<Path> files = Files.list(unfinished.getParent())) {
        assertThat(files.map(file -> file.getFileName().toString())).containsExactly("result");
      }
    }
  }

  @Test
  void shouldTakeAndGiveLargeObjects_whenTheyAreLargerThanASignedBodyMayBe() throws Exception {
    Path file = directory.resolveSibling(directory.getFileName() + "-large");
    Files.write(file, bytes(150 << 20, 7));
    try (S3ObjectStore store = client(SECRET)) {
      assertThat(store.putIfAbsent("trials/t/checkpoints/1", file)).isTrue();
      assertThat(store.size("trials/t/checkpoints/1")).contains(150L << 20);
    } finally {
      Files.delete(file);
    }
  }
}
