package dev.rote.sweeps.workflow;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** State in memory. */
public final class MemoryState implements StateReader {
  private final NavigableMap<String, byte[]> entries = new TreeMap<>();

  @Override
  public byte @Nullable [] get(String key) {
    return entries.get(key);
  }

  @Override
  public void scan(String from, String to, Visitor visitor) {
    for (Map.Entry<String, byte[]> entry : entries.subMap(from, to).entrySet()) {
      if (!visitor.visit(entry.getKey(), entry.getValue())) {
        return;
      }
    }
  }

  void apply(Decision decision) {
    decision
        .changes()
        .forEach(
            (key, value) -> {
              if (value.isPresent()) {
                entries.put(key, value.get());
              } else {
                entries.remove(key);
              }
            });
  }

  long count(String prefix) {
    return entries.keySet().stream().filter(key -> key.startsWith(prefix)).count();
  }

  Map<String, byte[]> entries() {
    return entries;
  }
}
