package dev.rote.sweeps.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rote.grpcerrors.ApiErrors;
import dev.rote.grpcerrors.ApiException;
import dev.rote.spec.SpecException;
import dev.rote.spec.SweepFiles;
import dev.rote.spec.Violation;
import dev.rote.sweeps.admission.Door;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door for config events: each record of {@code rote.configs}, a sweep as JSON or YAML, starts
 * that sweep. What is refused goes to {@code rote.configs.dead-letter} as it came, with the headers
 * {@code rote-reason}, {@code rote-message}, {@code rote-violation} (one each) and {@code
 * rote-origin}. Outages are waited out. A record that comes twice starts its sweep once.
 */
public final class ConfigDoor {
  private static final Logger log = LoggerFactory.getLogger(ConfigDoor.class);
  private static final String GROUP = "rote-configs";
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private final String kafka;
  private final Door door;
  private final WorkflowEngine engine;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "rote-config-door");

  public ConfigDoor(String kafka, Door door, WorkflowEngine engine) {
    this.kafka = kafka;
    this.door = door;
    this.engine = engine;
  }

  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closing.await(0, TimeUnit.SECONDS)) {
        try (var consumer = consumer();
            var producer = producer()) {
          consumer.subscribe(List.of(Topics.CONFIGS));
          serve(consumer, producer);
        } catch (KafkaException e) {
          log.warn("config events cannot be read: {}", e.toString());
        }
        pause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean pause() throws InterruptedException {
    return closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka,
            ConsumerConfig.GROUP_ID_CONFIG,
            GROUP,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            "consumer",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            1_000),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
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

  private void serve(
      KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> deadLetters)
      throws InterruptedException {
    while (closing.getCount() > 0) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (!taken(record, deadLetters)) {
          // Polled again from here, so that the group does not miss this member meanwhile.
          consumer.seek(new TopicPartition(record.topic(), record.partition()), record.offset());
          if (pause()) {
            return;
          }
          break;
        }
        consumer.commitSync(
            Map.of(
                new TopicPartition(record.topic(), record.partition()),
                new OffsetAndMetadata(record.offset() + 1)));
      }
    }
  }

  /** Whether a record is dealt with; false when an outage is in the way. */
  private boolean taken(
      ConsumerRecord<byte[], byte[]> record, KafkaProducer<byte[], byte[]> deadLetters)
      throws InterruptedException {
    String origin = record.topic() + "-" + record.partition() + "@" + record.offset();
    try {
      if (!engine.running()) {
        return false;
      }
      Door.Entry entry = door.submit(SweepFiles.parse(text(record), origin));
      log.info(
          "config event {} {} sweep {}",
          origin,
          entry.created() ? "started" : "repeats",
          entry.sweep().getStatus().getSweepId());
      return true;
    } catch (SpecException e) {
      List<String> violations = e.violations().stream().map(Violation::toString).toList();
      return refuse(record, origin, "INVALID_SWEEP", e, violations, deadLetters);
    } catch (CharacterCodingException e) {
      return refuse(record, origin, "NOT_UTF8", e, List.of("the value must be UTF-8"), deadLetters);
    } catch (ApiException e) {
      return taken(record, origin, StatusProto.toStatusRuntimeException(e.status()), deadLetters);
    } catch (StatusRuntimeException e) {
      return taken(record, origin, e, deadLetters);
    } catch (RuntimeException e) {
      log.error("config event {} cannot be handled", origin, e);
      return refuse(record, origin, "INTERNAL", e, List.of(), deadLetters);
    }
  }

  private static boolean taken(
      ConsumerRecord<byte[], byte[]> record,
      String origin,
      StatusRuntimeException failure,
      KafkaProducer<byte[], byte[]> deadLetters)
      throws InterruptedException {
    Status.Code code = failure.getStatus().getCode();
    if (code == Status.Code.UNAVAILABLE
        || code == Status.Code.RESOURCE_EXHAUSTED
        || code == Status.Code.ABORTED
        || code == Status.Code.CANCELLED) {
      log.warn("config event {} waits: {}", origin, ApiErrors.describe(failure));
      return false;
    }
    String reason = ApiErrors.reason(failure).orElse(code.name());
    return refuse(
        record, origin, reason, failure, List.of(ApiErrors.describe(failure)), deadLetters);
  }

  private static String text(ConsumerRecord<byte[], byte[]> record)
      throws CharacterCodingException {
    if (record.value() == null) {
      throw new SpecException("", "the value must be a sweep as JSON or YAML, was null");
    }
    return UTF_8.newDecoder().decode(ByteBuffer.wrap(record.value())).toString();
  }

  private static boolean refuse(
      ConsumerRecord<byte[], byte[]> record,
      String origin,
      String reason,
      Exception cause,
      List<String> violations,
      KafkaProducer<byte[], byte[]> deadLetters)
      throws InterruptedException {
    String message =
        cause instanceof StatusRuntimeException status
            ? ApiErrors.describe(status)
            : String.valueOf(cause.getMessage());
    log.warn("config event {} is refused, {}: {}", origin, reason, message);
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            Topics.DEAD_LETTERS, null, record.key(), record.value(), record.headers());
    letter.headers().add("rote-reason", reason.getBytes(UTF_8));
    letter.headers().add("rote-message", message.getBytes(UTF_8));
    violations.forEach(v -> letter.headers().add("rote-violation", v.getBytes(UTF_8)));
    letter.headers().add("rote-origin", origin.getBytes(UTF_8));
    try {
      var unused = deadLetters.send(letter).get();
      return true;
    } catch (ExecutionException e) {
      log.warn("the dead letter of config event {} cannot be written: {}", origin, e.toString());
      return false;
    }
  }

  /** Stops after the record in hand. */
  public void stop() throws InterruptedException {
    closing.countDown();
    thread.join(CLOSE_PATIENCE.toMillis());
  }
}
