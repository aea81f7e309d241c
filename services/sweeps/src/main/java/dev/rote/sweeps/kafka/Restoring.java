package dev.rote.sweeps.kafka;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * Whether the state is being read back from Kafka. A store whose transaction broke is emptied and
 * filled again while its thread counts as running: what is looked up meanwhile may be missing.
 */
final class Restoring implements StateRestoreListener {
  private final Set<TopicPartition> partitions = ConcurrentHashMap.newKeySet();

  boolean isUnderWay() {
    return !partitions.isEmpty();
  }

  @Override
  public void onRestoreStart(TopicPartition partition, String store, long first, long last) {
    partitions.add(partition);
  }

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long last, long records) {}

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long records) {
    partitions.remove(partition);
  }

  @Override
  public void onRestoreSuspended(TopicPartition partition, String store, long records) {
    partitions.remove(partition);
  }
}
