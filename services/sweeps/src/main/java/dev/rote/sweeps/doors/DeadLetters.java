package dev.rote.sweeps.doors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Config events that were refused, as they came, with the reason in their headers. */
final class DeadLetters implements AutoCloseable {
  static final String TOPIC = "rote.configs.dead-letter";

  /** A word in upper case. */
  static final String REASON = "rote-reason";

  /** Why, for people. */
  static final String MESSAGE = "rote-message";

  /** One header for each thing that is wrong: the field, the value and the bound. */
  static final String VIOLATION = "rote-violation";

  /** Topic, partition and offset of the event. */
  static final String ORIGIN = "rote-origin";

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

  private final KafkaProducer<byte[], byte[]> producer;

  DeadLetters(String kafka) {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                4L << 20,
                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                1_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Writes a letter; whether it is written for sure. */
  boolean write(
      ConsumerRecord<byte[], byte[]> event, String reason, String message, List<String> violations)
      throws InterruptedException {
    String origin = origin(event);
    log.warn("config event {} is refused, {}: {}", origin, reason, message);
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(TOPIC, null, event.key(), event.value(), event.headers());
    letter.headers().add(REASON, reason.getBytes(UTF_8));
    letter.headers().add(MESSAGE, message.getBytes(UTF_8));
    violations.forEach(v -> letter.headers().add(VIOLATION, v.getBytes(UTF_8)));
    letter.headers().add(ORIGIN, origin.getBytes(UTF_8));
    try {
      var unused = producer.send(letter).get();
      return true;
    } catch (ExecutionException e) {
      log.warn("the dead letter of config event {} cannot be written: {}", origin, e.toString());
      return false;
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
