package dev.rote.workqueue;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An idempotent producer that is made when it is first of use, and anew when it breaks. Safe for
 * use by several threads.
 */
final class RecordSender implements RecordSink, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RecordSender.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final Map<String, Object> config;
  private final Outage outage = new Outage(log, "records cannot be written to Kafka");
  private @Nullable KafkaProducer<String, byte[]> producer;
  private boolean closed;

  RecordSender(KafkaCluster kafka) {
    config =
        kafka.client(
            Map.of(
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                10_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                10_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                300_000,
                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                1_000,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                8L << 20));
  }

  /**
   * Writes one record; the future completes when it is in the log. Blocks for up to ten seconds
   * while the cluster is not known.
   */
  CompletableFuture<Void> send(ProducerRecord<String, byte[]> record) {
    KafkaProducer<String, byte[]> current;
    try {
      current = current();
    } catch (KafkaException | IllegalStateException e) {
      return CompletableFuture.failedFuture(e);
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      var unused =
          current.send(
              record,
              (metadata, failure) -> {
                if (failure == null) {
                  outage.over();
                  done.complete(null);
                } else {
                  done.completeExceptionally(failure);
                }
              });
    } catch (KafkaException | IllegalStateException e) {
      done.completeExceptionally(e);
    }
    return done.whenComplete(
        (ignored, failure) -> {
          if (failure != null && !(failure instanceof RetriableException)) {
            retire(current);
          }
        });
  }

  @Override
  public boolean deliver(ProducerRecord<String, byte[]> record, BooleanSupplier giveUp)
      throws InterruptedException {
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    CompletableFuture<Void> sent = send(record);
    while (true) {
      try {
        sent.get(1, TimeUnit.SECONDS);
        return true;
      } catch (TimeoutException e) {
        if (giveUp.getAsBoolean()) {
          return false;
        }
      } catch (ExecutionException e) {
        Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
        throwIfHopeless(cause);
        outage.seen(cause);
        if (giveUp.getAsBoolean()) {
          return false;
        }
        backoff.sleep();
        sent = send(record);
      }
    }
  }

  private static void throwIfHopeless(Throwable cause) {
    if (cause instanceof RecordTooLargeException || cause instanceof SerializationException) {
      throw (KafkaException) cause;
    }
  }

  /* Fails while none of the brokers' names is known. */
  private synchronized KafkaProducer<String, byte[]> current() {
    if (closed) {
      throw new IllegalStateException("nothing can be written any more: the sender is closed");
    }
    if (producer == null) {
      producer = new KafkaProducer<>(config);
    }
    return producer;
  }

  /* May be called from the producer's own thread, where only a close without waiting is possible. */
  private synchronized void retire(KafkaProducer<String, byte[]> broken) {
    if (broken == producer) {
      producer = null;
      broken.close(Duration.ZERO);
    }
  }

  @Override
  public void close() {
    KafkaProducer<String, byte[]> last;
    synchronized (this) {
      closed = true;
      last = producer;
    }
    if (last != null) {
      last.close(CLOSE_PATIENCE);
    }
  }
}
