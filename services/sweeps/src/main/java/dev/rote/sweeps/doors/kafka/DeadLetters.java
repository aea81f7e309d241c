package dev.rote.sweeps.doors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rote.spec.VisibleText;
import dev.rote.workqueue.KafkaCluster;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Config events that were refused, as they came, with the reason in their headers. One that is too
 * large to be written with its reason is told of by its hash alone; one that cannot be written even
 * so is skipped.
 */
final class DeadLetters implements AutoCloseable {
  static final String TOPIC = "rote.configs.dead-letter";

  /** A word in upper case. */
  static final String REASON = "rote-reason";

  /** Why, for people. */
  static final String MESSAGE = "rote-message";

  /** One header for each of the first things that are wrong: the field, the value and the bound. */
  static final String VIOLATION = "rote-violation";

  /** How many things are wrong. */
  static final String VIOLATIONS = "rote-violations";

  /** Topic, partition and offset of the event. */
  static final String ORIGIN = "rote-origin";

  /** Of the value, in hex: instead of the value of an event that is too large for a letter. */
  static final String SHA_256 = "rote-sha256";

  /** Most violations that a letter holds, and most characters of each and of the message. */
  static final int MOST_VIOLATIONS = 20;

  static final int MOST_CHARACTERS = 500;

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicLong skipped;
  private @Nullable String holdUp;

  /**
   * @param skipped counts the events that no letter could be written of
   */
  DeadLetters(KafkaCluster kafka, AtomicLong skipped) {
    this.skipped = skipped;
    producer =
        new KafkaProducer<>(
            kafka.client(
                Map.of(
                    ProducerConfig.ACKS_CONFIG,
                    "all",
                    ProducerConfig.BUFFER_MEMORY_CONFIG,
                    4L << 20,
                    ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                    1_000)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * Writes a letter.
   *
   * @return whether the event is dealt with; false while Kafka is out of reach
   */
  boolean write(
      ConsumerRecord<byte[], byte[]> event, String reason, String message, List<String> violations)
      throws InterruptedException {
    String origin = origin(event);
    log.warn(
        "config event {} is refused, {}: {}", origin, reason, bounded(VisibleText.line(message)));
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(TOPIC, null, event.key(), event.value(), event.headers());
    /* Whoever reads letters could have it run once more in its owner's name. */
    letter.headers().remove(EventOwners.SIGNATURE);
    say(letter.headers(), origin, reason, message, violations);
    KafkaException failure = send(letter);
    if (failure != null && !(failure instanceof RetriableException)) {
      ProducerRecord<byte[], byte[]> brief = new ProducerRecord<>(TOPIC, null, null);
      say(brief.headers(), origin, reason, message, List.of());
      header(brief.headers(), SHA_256, sha256(event.value()));
      failure = send(brief);
    }
    holdUp = null;
    if (failure == null) {
      return true;
    }
    if (failure instanceof RetriableException) {
      holdUp = "the dead letter of config event " + origin + " cannot be written: " + failure;
      log.warn("{}", holdUp);
      return false;
    }
    skipped.incrementAndGet();
    log.error("config event {} is skipped: no dead letter of it can be written", origin, failure);
    return true;
  }

  /** Why the newest letter waits to be written; empty when it is dealt with. */
  Optional<String> holdUp() {
    return Optional.ofNullable(holdUp);
  }

  private static void say(
      Headers headers, String origin, String reason, String message, List<String> violations) {
    header(headers, REASON, reason);
    header(headers, MESSAGE, message);
    violations.stream()
        .limit(MOST_VIOLATIONS)
        .forEach(violation -> header(headers, VIOLATION, violation));
    header(headers, VIOLATIONS, Integer.toString(violations.size()));
    header(headers, ORIGIN, origin);
  }

  private static void header(Headers headers, String name, String text) {
    headers.add(name, bounded(text).getBytes(UTF_8));
  }

  private static String bounded(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS - 1) + "…";
  }

  private static String sha256(byte @Nullable [] value) {
    try {
      return value == null
          ? ""
          : HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /* Why it is not written; null when it is. */
  private @Nullable KafkaException send(ProducerRecord<byte[], byte[]> letter)
      throws InterruptedException {
    try {
      var unused = producer.send(letter).get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e);
    } catch (KafkaException e) {
      return e;
    }
  }

  static String origin(ConsumerRecord<?, ?> event) {
    return event.topic() + "-" + event.partition() + "@" + event.offset();
  }

  @Override
  public void close() {
    producer.close();
  }
}
