package dev.rote.it;

import dev.rote.spec.SweepFiles;
import dev.rote.v1.Sweep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the paper's figures. */
final class PaperSweeps {
  static final String SMALL = "-small";

  private static final Path DIRECTORY = Path.of("..", "k8s", "sweeps", "paper");

  private PaperSweeps() {}

  /** Names of the files without {@code .yaml}, such as {@code fig1-small}. */
  static List<String> names() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.yaml$", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names at the paper's size. */
  static List<String> fullSize() {
    return names().stream().filter(name -> !name.endsWith(SMALL)).toList();
  }

  /** The sweep in the file of that name. */
  static Sweep read(String name) throws IOException {
    Path file = DIRECTORY.resolve(name + ".yaml");
    return SweepFiles.parse(Files.readString(file), file.toString());
  }
}
