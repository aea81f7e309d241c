package dev.rote.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The modules of the build, as the root's pom.xml lists them. */
public final class Modules {
  private static final Path HOME = Path.of("..");
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  private Modules() {}

  /** Folders of all modules, relative to the root, with slashes. */
  public static List<String> all() throws IOException {
    return MODULE
        .matcher(Files.readString(HOME.resolve("pom.xml")))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  /** Folders of the compiled classes of those modules that have any. */
  static List<Path> classes() throws IOException {
    return all().stream()
        .map(module -> HOME.resolve(module).resolve("target/classes"))
        .filter(Files::isDirectory)
        .toList();
  }
}
