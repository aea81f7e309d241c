package dev.rote.sweeps.doors.kafka;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Notes with the group's offsets that a record is being tried, so that one which ends the process
 * is known after the restart. For one thread.
 */
final class Tries {
  /** A record that ended the process so often is not tried again. */
  static final int MOST = 2;

  private static final String WORD = "tries=";

  private final Consumer<?, ?> consumer;
  private final Set<TopicPartition> known = new HashSet<>();

  Tries(Consumer<?, ?> consumer) {
    this.consumer = consumer;
  }

  /** Another member may have left notes on the partitions that come now. */
  void forget() {
    known.clear();
  }

  /** How often a record was begun and neither ended nor given up by any process. */
  int before(TopicPartition partition, long offset) {
    if (!known.add(partition)) {
      return 0;
    }
    OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
    return committed != null && committed.offset() == offset ? tries(committed.metadata()) : 0;
  }

  private static int tries(@Nullable String metadata) {
    return metadata != null && metadata.matches(WORD + "[0-9]{1,3}")
        ? Integer.parseInt(metadata.substring(WORD.length()))
        : 0;
  }

  /** A record is begun. */
  void begin(TopicPartition partition, long offset, int before) {
    commit(partition, offset, WORD + (before + 1));
  }

  /** A record waits for something outside; it did no harm. */
  void putOff(TopicPartition partition, long offset) {
    commit(partition, offset, "");
  }

  /** A record is dealt with. */
  void end(TopicPartition partition, long offset) {
    commit(partition, offset + 1, "");
  }

  private void commit(TopicPartition partition, long offset, String note) {
    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset, Optional.empty(), note)));
  }
}
