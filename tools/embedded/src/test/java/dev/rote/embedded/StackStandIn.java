package dev.rote.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * A supervisor for tests, in a process of its own if need be: {@code StackStandIn HOME STATE}. With
 * a third word a user of a shared stack: it says {@code joined}, stays until it is told a line, and
 * says {@code left}; the word {@code keep} keeps the stack up.
 */
final class StackStandIn {

  private static final String MAIN = "io/quarkus/bootstrap/runner/QuarkusEntryPoint.class";

  private StackStandIn() {}

  public static void main(String[] args) throws Exception {
    if (args.length > 2) {
      use(settings(Path.of(args[0]), Path.of(args[1])), args[2].equals("keep"));
      return;
    }
    try (Stack stack = Stack.start(settings(Path.of(args[0]), Path.of(args[1])))) {
      stack.awaitEnd();
    }
  }

  private static void use(StackSettings settings, boolean keep) throws Exception {
    BufferedReader told =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Stack stack = Stack.attachOrStart(settings)) {
      if (keep) {
        stack.keepUp();
      }
      System.out.println(stack.attached() ? "joined another's" : "joined its own");
      var unused = told.readLine();
    }
    System.out.println("left");
  }

  /** As of a user whose shell shows certificates to services elsewhere. */
  static StackSettings settings(Path home, Path state) {
    Map<String, String> shell =
        Map.of("ROTE_TLS_CERTIFICATE", "of-the-user.crt", "ROTE_TLS_KEY", "of-the-user.key");
    return new StackSettings(
        state, Optional.empty(), home, shell, Duration.ofSeconds(90), note -> {});
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
