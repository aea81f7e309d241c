package dev.rote.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A supervisor for tests, in a process of its own if need be: {@code StackStandIn HOME STATE}. */
final class StackStandIn {

  private static final String MAIN = "io/quarkus/bootstrap/runner/QuarkusEntryPoint.class";

  private StackStandIn() {}

  public static void main(String[] args) throws InterruptedException {
    try (Stack stack = Stack.start(settings(Path.of(args[0]), Path.of(args[1])))) {
      stack.awaitEnd();
    }
  }

  static StackSettings settings(Path home, Path state) {
    return new StackSettings(
        state, Optional.empty(), home, Map.of(), Duration.ofSeconds(90), note -> {});
  }

  /** Lays out a distribution whose services are of one page each. */
  static void layOut(Path home) throws IOException {
    for (Part part : Part.values()) {
      if (part.isService()) {
        Path directory = home.resolve("services").resolve(part.word());
        Files.createDirectories(directory);
        writeJar(directory.resolve("quarkus-run.jar"));
      }
    }
  }

  private static void writeJar(Path file) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file));
        InputStream code = StackStandIn.class.getResourceAsStream("/" + MAIN)) {
      jar.putNextEntry(new JarEntry(MAIN));
      code.transferTo(jar);
    }
  }
}
