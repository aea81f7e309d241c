package dev.rote.it;

import dev.rote.reference.ReferenceEngine;
import io.quarkus.bootstrap.runner.SerializedApplication;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A service as it was built, with the reference engine beside those that it takes along. */
final class ReferenceApplication {
  private static final String MAIN = "io.quarkus.runner.GeneratedMain";

  private ReferenceApplication() {}

  /** The directory of a copy of the service. */
  static Path of(String service) throws IOException {
    Path built = DocumentationIT.HOME.resolve("services/" + service + "/target/quarkus-app");
    Path copy =
        Files.createTempDirectory(Path.of("target", "laboratories"), "reference-" + service)
            .toAbsolutePath();
    try (Stream<Path> files = Files.walk(built)) {
      for (Path file : files.toList()) {
        Path there = copy.resolve(built.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(there);
        } else {
          Files.createLink(there, file);
        }
      }
    }
    Files.copy(jar(), copy.resolve("lib/main/reference-engine.jar"));
    index(copy);
    return copy;
  }

  private static Path jar() {
    try {
      return Path.of(
          ReferenceEngine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Classes are found by an index alone, which the build wrote. */
  private static void index(Path application) throws IOException {
    Path index = application.resolve("quarkus/quarkus-application.dat");
    Files.delete(index);
    List<Path> classPath = new ArrayList<>(jars(application.resolve("quarkus")));
    classPath.addAll(jars(application.resolve("app")));
    classPath.addAll(jars(application.resolve("lib/main")));
    try (OutputStream out = Files.newOutputStream(index)) {
      SerializedApplication.write(
          out, MAIN, application, classPath, jars(application.resolve("lib/boot")));
    }
  }

  private static List<Path> jars(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      /* What was transformed comes before what was generated. */
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }
}
