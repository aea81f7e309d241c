package dev.rote.workqueue;

import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Where records are written. Safe for use by several threads. */
interface RecordSink {

  /**
   * Writes one record however long it takes.
   *
   * @param giveUp asked every second while the record is not in the log
   * @return whether the record is in the log
   * @throws org.apache.kafka.common.KafkaException if the record can never be written
   */
  boolean deliver(ProducerRecord<String, byte[]> record, BooleanSupplier giveUp)
      throws InterruptedException;
}
