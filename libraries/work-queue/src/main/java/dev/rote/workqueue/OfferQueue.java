package dev.rote.workqueue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers of a share group. */
final class OfferQueue implements Offers {

  /*
   * The most records that a consumer locks at once is fixed when it is made. So there is a consumer for one record at a
   * time and, made when they are first of use, others for more. Only a poll sends a consumer's fetch; one that found
   * nothing in time may still be under way, so that the same consumer is polled until it has brought something.
   */

  private static final Logger log = LoggerFactory.getLogger(OfferQueue.class);
  private static final Duration COMMIT_PATIENCE = Duration.ofSeconds(5);
  private static final int FALLBACK_LOCK_MILLIS = 15_000;
  private static final List<Integer> LIMITS = List.of(1, 8, 64);

  private final KafkaCluster kafka;
  private final WorkKind kind;
  private final NavigableMap<Integer, KafkaShareConsumer<String, byte[]>> consumers =
      new TreeMap<>();
  private KafkaShareConsumer<String, byte[]> polled;
  private boolean fetching;

  private OfferQueue(KafkaCluster kafka, WorkKind kind) {
    this.kafka = kafka;
    this.kind = kind;
    this.polled = consumer(1);
  }

  /** Joins the group of a kind of work, making sure first that its topic is there. */
  static OfferQueue join(KafkaCluster kafka, WorkKind kind) throws InterruptedException {
    try (Admin admin =
        Admin.create(
            kafka.client(
                Map.of(
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000)))) {
      WorkTopics.ensure(admin, kind);
    }
    return new OfferQueue(kafka, kind);
  }

  /** The consumer of at most so many records at once. */
  private KafkaShareConsumer<String, byte[]> consumer(int most) {
    int limit = LIMITS.stream().filter(l -> l <= most).max(Integer::compare).orElseThrow();
    return consumers.computeIfAbsent(limit, this::subscribed);
  }

  private KafkaShareConsumer<String, byte[]> subscribed(int limit) {
    KafkaShareConsumer<String, byte[]> consumer =
        new KafkaShareConsumer<>(
            kafka.client(
                Map.of(
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
                    limit,
                    // A worker whose slots are all taken does not poll for hours and stays a
                    // member.
                    ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                    Integer.MAX_VALUE,
                    ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                    1_000,
                    Contact.SETTING,
                    Contact.WINDOW_MILLIS)));
    consumer.setAcknowledgementCommitCallback(
        (offsets, failure) -> {
          if (failure != null) {
            log.debug("settlements of {} did not arrive", offsets, failure);
          }
        });
    consumer.subscribe(List.of(kind.topic()));
    return consumer;
  }

  @Override
  public List<ConsumerRecord<String, byte[]>> poll(int most, Duration timeout) {
    if (!fetching) {
      polled = consumer(most);
    }
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    polled.poll(timeout).forEach(records::add);
    fetching = records.isEmpty();
    return records;
  }

  @Override
  public Duration lock() {
    return Duration.ofMillis(polled.acquisitionLockTimeoutMs().orElse(FALLBACK_LOCK_MILLIS));
  }

  @Override
  public void settle(ConsumerRecord<String, byte[]> record, AcknowledgeType type) {
    polled.acknowledge(record, type);
  }

  @Override
  public void commit() {
    polled.commitAsync();
  }

  @Override
  public Optional<String> holdUp() {
    return Contact.lost(
        kafka.servers(),
        consumers.values().stream().flatMap(member -> member.metrics().values().stream()).toList());
  }

  @Override
  public void close() {
    consumers.values().forEach(consumer -> consumer.close(COMMIT_PATIENCE));
  }
}
