package dev.rote.corruption.formats;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads several files one after the other, one of them open at a time. */
final class ShardedReader implements ExampleReader {
  private final Iterator<Supplier<ExampleReader>> shards;
  private @Nullable ExampleReader open;
  private List<String> classes = List.of();

  ShardedReader(List<Supplier<ExampleReader>> shards) {
    this.shards = shards.iterator();
  }

  @Override
  public boolean next(Example into) {
    for (ExampleReader now = current(); now != null; now = current()) {
      if (now.next(into)) {
        return true;
      }
      now.close();
      open = null;
    }
    return false;
  }

  /** The file that is open, or else the next one; null after the last. */
  private @Nullable ExampleReader current() {
    if (open == null && shards.hasNext()) {
      open = shards.next().get();
      classes = open.classes();
    }
    return open;
  }

  @Override
  public List<String> notes() {
    ExampleReader first = current();
    return first == null ? List.of() : first.notes();
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public void close() {
    ExampleReader now = open;
    if (now != null) {
      now.close();
    }
  }
}
