package dev.rote.metrics;

import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreSettings;
import dev.rote.artifacts.S3ObjectStore;
import dev.rote.embedded.ObjectStoreServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** An object store of its own on a temporary directory. */
public final class TestStack implements AutoCloseable {
  private final ObjectStoreServer server;
  private final ObjectStore store;
  private final Path directory;

  public TestStack() {
    try {
      directory =
          Files.createTempDirectory(Path.of("target").toAbsolutePath(), "rote-metrics-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server =
        ObjectStoreServer.start(
            makeDirectory(directory.resolve("objects")), freePort(), "access", "secret");
    store =
        S3ObjectStore.connect(
            new ObjectStoreSettings(
                server.endpoint(), "access", "secret", "rote", Duration.ofSeconds(10)));
  }

  public String endpoint() {
    return server.endpoint().toString();
  }

  public ObjectStore store() {
    return store;
  }

  /** A directory for copies of variants. */
  public Path cache() {
    return directory.resolve("cache");
  }

  private static Path makeDirectory(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    store.close();
    server.close();
  }
}
