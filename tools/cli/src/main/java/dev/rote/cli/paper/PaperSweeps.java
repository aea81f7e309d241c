package dev.rote.cli.paper;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.spec.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The sweeps of the paper's figures: the files of one directory, {@code fig1.yaml} at the paper's
 * size and {@code fig1-small.yaml} scaled down to minutes. A new figure is a new file.
 */
public final class PaperSweeps {
  private static final Path DIRECTORY = Path.of("k8s", "sweeps", "paper");
  private static final String SUFFIX = ".yaml";
  private static final Pattern NUMBER = Pattern.compile("\\d{1,20}");

  /** At what size a figure is made. */
  public enum Size {
    FULL(""),
    SMALL("-small");

    private final String suffix;

    Size(String suffix) {
      this.suffix = suffix;
    }

    /** The size of the sweep with that name. */
    static Size of(String sweepName) {
      return sweepName.endsWith(SMALL.suffix) ? SMALL : FULL;
    }

    /** The sweep's name without its size. */
    String figure(String sweepName) {
      return sweepName.substring(0, sweepName.length() - suffix.length());
    }
  }

  /**
   * Figures in their order, each at its larger size first: 2 before 10, and 3 before its variants.
   */
  static final Comparator<String> ORDER =
      Comparator.comparing((String name) -> padded(Size.of(name).figure(name)))
          .thenComparing(Size::of);

  private final Path directory;
  private final NavigableMap<String, Path> files;

  private PaperSweeps(Path directory, NavigableMap<String, Path> files) {
    this.directory = directory;
    this.files = files;
  }

  /**
   * The sweeps that come with Rote.
   *
   * @param home where Rote lies
   */
  public static PaperSweeps of(Path home) throws IOException {
    Path directory = home.resolve(DIRECTORY);
    NavigableMap<String, Path> files = new TreeMap<>(ORDER);
    try (Stream<Path> entries = Files.list(directory)) {
      entries
          .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
          .forEach(
              file -> {
                String name = file.getFileName().toString();
                files.put(name.substring(0, name.length() - SUFFIX.length()), file);
              });
    }
    return new PaperSweeps(directory, files);
  }

  /** Names without sizes, in the order of the paper. */
  public List<String> names() {
    return files.keySet().stream().map(name -> Size.of(name).figure(name)).distinct().toList();
  }

  /** The file of a sweep, by its name with its size, such as {@code fig1-small}. */
  Optional<Path> file(String sweepName) {
    return Optional.ofNullable(files.get(sweepName));
  }

  /** The file of a figure at a size. */
  public Optional<Path> file(String name, Size size) {
    return file(name + size.suffix);
  }

  /**
   * The file of a figure at a size.
   *
   * @throws CommandFailure when there is none, with what there is
   */
  public Path require(String name, Size size) {
    return file(name, size)
        .orElseThrow(() -> new CommandFailure(ExitCodes.NOT_FOUND, missing(name, size)));
  }

  private String missing(String name, Size size) {
    if (names().contains(name)) {
      return size == Size.SMALL
          ? name + " has no small size: leave out --small"
          : name + " has a small size alone: add --small";
    }
    String meant =
        NearestName.of(name, names()).map(near -> ": did you mean " + near + "?").orElse("");
    return "the paper has no sweep '"
        + name
        + "'"
        + meant
        + "\n  In "
        + directory
        + " there are "
        + String.join(", ", names());
  }

  private static String padded(String name) {
    return NUMBER
        .matcher(name)
        .replaceAll(number -> "0".repeat(20 - number.group().length()) + number.group());
  }
}
