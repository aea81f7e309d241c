package dev.rote.workqueue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes lines of the audit trail to their topic, in order and by a thread of its own: whoever
 * tells one never waits. While Kafka is out of reach a bounded number of lines waits; those beyond
 * are in the log of the service alone, which says how many. Safe for use by several threads.
 */
public final class AuditTopic implements AutoCloseable {
  /** The topic. */
  public static final String NAME = "rote.audit";

  private static final Logger log = LoggerFactory.getLogger(AuditTopic.class);
  private static final int MOST_WAITING = 10_000;
  private static final int TOLD_EVERY = 1_000;
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final RecordSink sink;
  private final Runnable disconnecting;
  private final BlockingQueue<ProducerRecord<String, byte[]>> waiting =
      new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong left = new AtomicLong();
  private final Thread thread;
  private volatile boolean closing;

  /** Begins; nothing is asked of Kafka before the first line. */
  public AuditTopic(KafkaCluster kafka) {
    this(new RecordSender(kafka));
  }

  private AuditTopic(RecordSender sender) {
    this(sender, sender::close);
  }

  /**
   * @param disconnecting done when this is closed
   */
  AuditTopic(RecordSink sink, Runnable disconnecting) {
    this.sink = sink;
    this.disconnecting = disconnecting;
    this.thread = new Thread(this::write, "rote-audit");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Takes a line.
   *
   * @param caller whom it is about: lines of one stay in order
   * @param line as JSON
   */
  public void tell(String caller, String line) {
    boolean taken =
        waiting.offer(new ProducerRecord<>(NAME, caller, line.getBytes(StandardCharsets.UTF_8)));
    if (!taken && left.getAndIncrement() % TOLD_EVERY == 0) {
      log.error("{} lines of the audit trail are in this log and not on {}", left.get(), NAME);
    }
  }

  /** Lines that found no room, or that Kafka refused. */
  public long left() {
    return left.get();
  }

  private void write() {
    try {
      while (!closing || !waiting.isEmpty()) {
        ProducerRecord<String, byte[]> next = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (next != null) {
          write(next);
        }
      }
    } catch (InterruptedException e) {
      log.debug("writing the audit trail was interrupted, with {} lines left", waiting.size());
    }
  }

  private void write(ProducerRecord<String, byte[]> line) throws InterruptedException {
    try {
      if (!sink.deliver(line, () -> closing)) {
        left.incrementAndGet();
      }
    } catch (KafkaException e) {
      left.incrementAndGet();
      log.error("a line of the audit trail cannot be written to {}", NAME, e);
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join(CLOSE_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
    disconnecting.run();
  }
}
