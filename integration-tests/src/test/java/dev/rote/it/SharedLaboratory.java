package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

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

/**
 * Gives tests one laboratory, started for the first of them and closed after the last; another one
 * to those {@link OnContainers}.
 */
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
    boolean containers = onContainers(context.getRequiredTestClass());
    return context
        .getRoot()
        .getStore(Namespace.create(SharedLaboratory.class))
        .computeIfAbsent(
            containers, key -> containers ? openContainers() : open("shared"), Laboratory.class);
  }

  private static boolean onContainers(Class<?> test) {
    return test.isAnnotationPresent(OnContainers.class)
        || (test.getEnclosingClass() != null && onContainers(test.getEnclosingClass()));
  }

  private static Laboratory openContainers() {
    try {
      return new Laboratory(ContainerSite.open(datasets(), 1));
    } catch (IOException e) {
      throw new IllegalStateException("no directory for the laboratory", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the laboratory started", e);
    }
  }

  /** The real data that is there, beside files that are damaged on purpose. */
  static Path datasets() throws IOException {
    Path datasets = Files.createTempDirectory(laboratories(), "datasets").toAbsolutePath();
    // Containers run as another user.
    assertThat(datasets.toFile().setReadable(true, false)).isTrue();
    assertThat(datasets.toFile().setExecutable(true, false)).isTrue();
    assertThat(datasets.toFile().setWritable(true, false)).isTrue();
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
      return Laboratory.open(
          Files.createTempDirectory(laboratories(), name), Optional.of(datasets()));
    } catch (IOException e) {
      throw new IllegalStateException("no directory for the laboratory", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the laboratory started", e);
    }
  }

  private static Path laboratories() throws IOException {
    return Files.createDirectories(Path.of("target", "laboratories"));
  }
}
