package dev.rote.embedded;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The directory of Rote itself: a checkout with built services, or a distribution. */
final class Home {

  private Home() {}

  /**
   * The system property {@code rote.home}, else the environment variable {@code ROTE_HOME}, else
   * the nearest directory above this class that holds services.
   *
   * @throws StackException if there is none
   */
  static Path find() {
    String named = System.getProperty("rote.home", System.getenv("ROTE_HOME"));
    if (named != null) {
      return Path.of(named);
    }
    for (@Nullable Path directory = codeOf(Home.class);
        directory != null;
        directory = directory.getParent()) {
      if (Files.isDirectory(directory.resolve("services"))) {
        return directory;
      }
    }
    throw new StackException(
        StackException.Reason.NOT_BUILT,
        "Rote's own directory is not known: set the system property rote.home or the environment variable ROTE_HOME");
  }

  /** The jar or directory that a class was loaded from. */
  static Path codeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the code of " + type + " has no path", e);
    }
  }

  /**
   * The runnable jar of a service.
   *
   * @throws StackException if it is not built
   */
  static Path serviceJar(Path home, Part part) {
    Path services = home.resolve("services").resolve(part.word());
    List<Path> places =
        List.of(
            services.resolve("target/quarkus-app/quarkus-run.jar"),
            services.resolve("quarkus-run.jar"));
    return places.stream()
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new StackException(
                    StackException.Reason.NOT_BUILT,
                    String.format(
                        Locale.ROOT,
                        "the service %s is not built: %s is absent (build with ./mvnw -DskipTests package)",
                        part.word(),
                        places.get(0))));
  }
}
