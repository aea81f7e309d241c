package dev.rote.workqueue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where offers come from: locked for one member until it settles them. For one thread. */
interface Offers extends AutoCloseable {

  /** Joins those who take offers. */
  @FunctionalInterface
  interface Source {
    Offers join() throws InterruptedException;
  }

  /**
   * The next records, locked for this member; all must be settled before the next call.
   *
   * @param most at least 1; if the call before returned nothing and asked for more, so many may
   *     come
   */
  List<ConsumerRecord<String, byte[]>> poll(int most, Duration timeout);

  /** How long a record stays locked. */
  Duration lock();

  /** Takes a record of the last poll out of the queue, or gives it back. */
  void settle(ConsumerRecord<String, byte[]> record, AcknowledgeType type);

  /**
   * Tells the broker what was settled, without waiting. A failure is of no account: the records are
   * offered again, and whoever claims them then is told what became of them.
   */
  void commit();

  /** Why offers cannot come; empty while the broker answers. */
  Optional<String> holdUp();

  @Override
  void close();
}
