package dev.rote.workqueue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One member of a share group that takes one record at a time. For one thread. */
final class OfferQueue implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(OfferQueue.class);
  private static final Duration COMMIT_PATIENCE = Duration.ofSeconds(5);
  private static final int FALLBACK_LOCK_MILLIS = 15_000;

  private final KafkaShareConsumer<String, byte[]> consumer;

  private OfferQueue(KafkaShareConsumer<String, byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Joins the group of a kind of work, making sure first that its topic is there. */
  static OfferQueue join(String kafka, WorkKind kind) throws InterruptedException {
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000))) {
      WorkTopics.ensure(admin, kind);
    }
    KafkaShareConsumer<String, byte[]> consumer =
        new KafkaShareConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ConsumerConfig.GROUP_ID_CONFIG,
                kind.group(),
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                StringDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG,
                "explicit",
                ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG,
                "record_limit",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                1,
                // A worker whose slots are all taken does not poll for hours and stays a member.
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                Integer.MAX_VALUE,
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                1_000));
    consumer.subscribe(List.of(kind.topic()));
    return new OfferQueue(consumer);
  }

  /** The next record, locked for this member; it must be settled before the next call. */
  Optional<ConsumerRecord<String, byte[]>> poll(Duration timeout) {
    for (ConsumerRecord<String, byte[]> record : consumer.poll(timeout)) {
      return Optional.of(record);
    }
    return Optional.empty();
  }

  /** How long a record stays locked. */
  Duration lock() {
    return Duration.ofMillis(consumer.acquisitionLockTimeoutMs().orElse(FALLBACK_LOCK_MILLIS));
  }

  /**
   * Takes the record out of the queue, or gives it back. A failure is of no account: the record is
   * offered again, and whoever claims it then is told what became of it.
   */
  void settle(ConsumerRecord<String, byte[]> record, AcknowledgeType type) {
    consumer.acknowledge(record, type);
    try {
      consumer
          .commitSync(COMMIT_PATIENCE)
          .forEach(
              (partition, failure) ->
                  failure.ifPresent(
                      cause -> log.debug("{} of {} did not arrive", type, record.offset(), cause)));
    } catch (KafkaException e) {
      log.debug("{} of {} did not arrive", type, record.offset(), e);
    }
  }

  @Override
  public void close() {
    consumer.close(COMMIT_PATIENCE);
  }
}
