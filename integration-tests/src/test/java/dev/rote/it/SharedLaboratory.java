package dev.rote.it;

import dev.rote.testkit.Laboratory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one laboratory, started for the first of them and closed after the last. */
final class SharedLaboratory implements ParameterResolver {
  /** Directory of real data, if it is there. */
  static final Optional<Path> DATASETS =
      Optional.ofNullable(System.getProperty("rote.datasets"))
          .map(Path::of)
          .filter(Files::isDirectory);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Laboratory.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedLaboratory.class))
        .computeIfAbsent(Laboratory.class, key -> open("shared"), Laboratory.class);
  }

  /** The real data that is there, beside files that are damaged on purpose. */
  private static Path datasets(Path laboratories) throws IOException {
    Path datasets = Files.createTempDirectory(laboratories, "datasets").toAbsolutePath();
    if (DATASETS.isPresent()) {
      try (Stream<Path> real = Files.list(DATASETS.get().toAbsolutePath().normalize())) {
        for (Path entry : real.filter(Files::isDirectory).toList()) {
          Files.createSymbolicLink(datasets.resolve(entry.getFileName().toString()), entry);
        }
      }
    }
    Path damaged = Files.createDirectory(datasets.resolve("fashion-mnist"));
    for (String part :
        List.of("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")) {
      Files.write(
          damaged.resolve(part + "-ubyte.gz"), new byte[] {31, -117, 8, 0, 0, 0, 0, 0, 0, 0});
    }
    Path own = Files.createDirectory(datasets.resolve("own"));
    /* Ten images of 4 x 4 are promised, and one and a half are there. */
    byte[] truncated = new byte[16 + 24];
    System.arraycopy(
        new byte[] {0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 4, 0, 0, 0, 4}, 0, truncated, 0, 16);
    Files.write(own.resolve("images"), truncated);
    Files.write(
        own.resolve("labels"), new byte[] {0, 0, 8, 1, 0, 0, 0, 10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    return datasets;
  }

  /** A laboratory of a test's own, on a fresh state directory under {@code target}. */
  static Laboratory open(String name) {
    try {
      Path laboratories = Files.createDirectories(Path.of("target", "laboratories"));
      return Laboratory.open(
          Files.createTempDirectory(laboratories, name), Optional.of(datasets(laboratories)));
    } catch (IOException e) {
      throw new IllegalStateException("no directory for the laboratory", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the laboratory started", e);
    }
  }
}
