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
    while (true) {
      ExampleReader now = open;
      if (now == null) {
        if (!shards.hasNext()) {
          return false;
        }
        now = shards.next().get();
        open = now;
        classes = now.classes();
      }
      if (now.next(into)) {
        return true;
      }
      now.close();
      open = null;
    }
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
