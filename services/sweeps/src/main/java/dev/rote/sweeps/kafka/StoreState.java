package dev.rote.sweeps.kafka;

import dev.rote.sweeps.workflow.StateReader;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** The state in a store of Kafka Streams. */
record StoreState(ReadOnlyKeyValueStore<String, byte[]> store) implements StateReader {

  @Override
  public byte @Nullable [] get(String key) {
    try {
      return store.get(key);
    } catch (KafkaException e) {
      throw new UnreadableException(e);
    }
  }

  @Override
  public void scan(String from, String to, Visitor visitor) {
    if (from.compareTo(to) >= 0) {
      return;
    }
    try (KeyValueIterator<String, byte[]> entries = range(from, to)) {
      for (var entry = next(entries); entry != null; entry = next(entries)) {
        // The store's ranges include their end.
        if (entry.key.equals(to) || !visitor.visit(entry.key, entry.value)) {
          return;
        }
      }
    }
  }

  private KeyValueIterator<String, byte[]> range(String from, String to) {
    try {
      return store.range(from, to);
    } catch (KafkaException e) {
      throw new UnreadableException(e);
    }
  }

  private static @Nullable KeyValue<String, byte[]> next(KeyValueIterator<String, byte[]> entries) {
    try {
      return entries.hasNext() ? entries.next() : null;
    } catch (KafkaException e) {
      throw new UnreadableException(e);
    }
  }
}
