package dev.rote.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A newcomer finds the meaning of every folder of packages. */
class FoldersTest {
  private static final int ROOT = "dev/rote/module".split("/").length;

  @Test
  void folders_areExplained() throws IOException {
    String explained = Files.readString(Parts.HOME.resolve("CONTRIBUTING.md"));
    Set<String> names = new TreeSet<>();
    for (String module : Modules.all()) {
      Path sources = Parts.HOME.resolve(module).resolve("src/main/java");
      if (Files.isDirectory(sources)) {
        try (Stream<Path> files = Files.walk(sources)) {
          files
              .filter(Files::isDirectory)
              .map(sources::relativize)
              .filter(folder -> folder.getNameCount() > ROOT)
              .forEach(folder -> names.add(folder.getFileName().toString()));
        }
      }
    }
    assertThat(names).contains("workflow", "datasets");
    assertThat(names).allSatisfy(name -> assertThat(explained).contains("`" + name + "`"));
  }
}
