package dev.rote.testkit;

import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreSettings;
import dev.rote.artifacts.S3ObjectStore;
import dev.rote.embedded.ObjectStoreServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;

/** A real object store on a directory, and a client of it. */
public record TestStore(ObjectStoreServer server, ObjectStore client) implements AutoCloseable {
  /** The access key, and the default of services. */
  public static final String ACCESS = "rote";

  /** The secret key: one in print, which services take on the loopback interface alone. */
  public static final String SECRET = "rote-secret";

  public static TestStore start(Path directory) {
    ObjectStoreServer server = ObjectStoreServer.start(directory, freePort(), ACCESS, SECRET);
    return new TestStore(
        server,
        S3ObjectStore.connect(
            new ObjectStoreSettings(
                server.endpoint(), ACCESS, SECRET, "rote", Duration.ofSeconds(10))));
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
