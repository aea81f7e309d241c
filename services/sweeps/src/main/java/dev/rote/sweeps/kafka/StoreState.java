package dev.rote.sweeps.kafka;

import dev.rote.sweeps.workflow.StateReader;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** The state in a store of Kafka Streams. */
record StoreState(ReadOnlyKeyValueStore<String, byte[]> store) implements StateReader {

  @Override
  public byte @Nullable [] get(String key) {
    return store.get(key);
  }

  @Override
  public void scan(String from, String to, Visitor visitor) {
    if (from.compareTo(to) >= 0) {
      return;
    }
    try (KeyValueIterator<String, byte[]> entries = store.range(from, to)) {
      while (entries.hasNext()) {
        KeyValue<String, byte[]> entry = entries.next();
        // The store's ranges include their end.
        if (entry.key.equals(to) || !visitor.visit(entry.key, entry.value)) {
          return;
        }
      }
    }
  }
}
