package dev.rote.workqueue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A work topic in memory. */
final class WorkTopic implements Offers {
  final Map<Long, AcknowledgeType> settled = new ConcurrentHashMap<>();
  final BlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();
  volatile @Nullable RuntimeException failsForEver;
  private final WorkKind kind;
  private final BlockingQueue<ConsumerRecord<String, byte[]>> records = new LinkedBlockingQueue<>();
  private final AtomicLong end = new AtomicLong();

  final AtomicReference<@Nullable String> holdUp = new AtomicReference<>();
  private final AtomicInteger polls = new AtomicInteger();

  WorkTopic(WorkKind kind) {
    this.kind = kind;
  }

  /** Writes a record that is delivered for the n-th time, and returns its offset. */
  long write(@Nullable String key, byte @Nullable [] value, int delivery) {
    long offset = end.getAndIncrement();
    records.add(
        new ConsumerRecord<>(
            kind.topic(),
            0,
            offset,
            0,
            TimestampType.CREATE_TIME,
            0,
            0,
            key,
            value,
            new RecordHeaders(),
            Optional.empty(),
            Optional.of((short) delivery)));
    return offset;
  }

  /** How often somebody asked for records and got some. */
  int polls() {
    return polls.get();
  }

  @Override
  public List<ConsumerRecord<String, byte[]>> poll(int most, Duration timeout) {
    RuntimeException failure = failsForEver == null ? failures.poll() : failsForEver;
    if (failure != null) {
      throw failure;
    }
    List<ConsumerRecord<String, byte[]>> taken = new ArrayList<>();
    try {
      ConsumerRecord<String, byte[]> first = records.poll(20, TimeUnit.MILLISECONDS);
      if (first != null) {
        polls.incrementAndGet();
        taken.add(first);
        records.drainTo(taken, most - 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return taken;
  }

  @Override
  public Duration lock() {
    return Duration.ofSeconds(1);
  }

  @Override
  public void settle(ConsumerRecord<String, byte[]> record, AcknowledgeType type) {
    settled.put(record.offset(), type);
  }

  @Override
  public void commit() {}

  @Override
  public Optional<String> holdUp() {
    return Optional.ofNullable(holdUp.get());
  }

  @Override
  public void close() {}
}
