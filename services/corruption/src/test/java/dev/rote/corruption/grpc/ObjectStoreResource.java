package dev.rote.corruption.grpc;

import dev.rote.corruption.variants.TestStore;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real object store for the service under test, and a free port for its API. */
public class ObjectStoreResource implements QuarkusTestResourceLifecycleManager {
  private @Nullable TestStore store;

  @Override
  public Map<String, String> start() {
    try {
      Path directory =
          Files.createTempDirectory(Path.of("target").toAbsolutePath(), "rote-corruption-it");
      TestStore started = TestStore.start(directory.resolve("objects"));
      store = started;
      return Map.of(
          "rote.access.anonymous",
          "admin",
          "rote.s3.endpoint",
          started.server().endpoint().toString(),
          "rote.s3.access-key",
          TestStore.ACCESS,
          "rote.s3.secret-key",
          TestStore.SECRET,
          "rote.cache",
          directory.resolve("cache").toString(),
          "rote.corruption.worker",
          "false",
          "rote.corruption.download",
          "false",
          "quarkus.grpc.server.test-port",
          String.valueOf(freePort()),
          "quarkus.http.test-port",
          "0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void stop() {
    if (store != null) {
      store.close();
    }
  }
}
