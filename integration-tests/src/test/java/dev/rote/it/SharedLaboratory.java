package dev.rote.it;

import dev.rote.testkit.Laboratory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one laboratory, started for the first of them and closed after the last. */
final class SharedLaboratory implements ParameterResolver {
  /** Directory of real data, if it is there. */
  static final Optional<Path> DATASETS =
      Optional.ofNullable(System.getProperty("rote.datasets")).map(Path::of).filter(Files::isDirectory);

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

  /** A laboratory of a test's own, on a fresh state directory under {@code target}. */
  static Laboratory open(String name) {
    try {
      Path state = Files.createTempDirectory(Files.createDirectories(Path.of("target", "laboratories")), name);
      return Laboratory.open(state, DATASETS);
    } catch (IOException e) {
      throw new IllegalStateException("no directory for the laboratory", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the laboratory started", e);
    }
  }
}
