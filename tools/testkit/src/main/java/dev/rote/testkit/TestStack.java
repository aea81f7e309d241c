package dev.rote.testkit;

import dev.rote.artifacts.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real object store and a scratch directory, on a temporary directory below {@code target}. */
public final class TestStack implements AutoCloseable {
  private final TestStore objects;
  private final Path directory;

  public TestStack() {
    try {
      directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "stack");
      objects = TestStore.start(Files.createDirectories(directory.resolve("objects")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the store listens. */
  public String endpoint() {
    return objects.server().endpoint().toString();
  }

  public ObjectStore store() {
    return objects.client();
  }

  /** A scratch directory. */
  public Path cache() {
    return directory.resolve("cache");
  }

  /** A port of this machine that nobody listens on. */
  public static int freePort() {
    return TestStore.freePort();
  }

  @Override
  public void close() {
    objects.close();
  }
}
