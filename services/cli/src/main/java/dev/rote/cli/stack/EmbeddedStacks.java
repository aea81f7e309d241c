package dev.rote.cli.stack;

import dev.rote.cli.service.Service;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Stacks of the module embedded. */
public final class EmbeddedStacks implements LocalStacks {
  @Override
  public Optional<Map<Service, String>> running(Path state) {
    return Optional.empty();
  }

  @Override
  public LocalStack attachOrStart(Path state, Optional<Path> datasets, Consumer<String> notes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean stop(Path state) {
    return false;
  }
}
