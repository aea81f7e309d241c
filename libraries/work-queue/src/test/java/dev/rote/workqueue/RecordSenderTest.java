package dev.rote.workqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class RecordSenderTest {
  private static final ProducerRecord<String, byte[]> RECORD =
      new ProducerRecord<>("topic", "key", new byte[0]);

  @Test
  void send_nameOfTheBrokerIsUnknown_failsAndMayBeRepeated() {
    try (RecordSender sender = new RecordSender(KafkaCluster.open("broker.invalid:9092"))) {
      for (int i = 0; i < 2; i++) {
        assertThat(sender.send(RECORD))
            .failsWithin(Duration.ofSeconds(30))
            .withThrowableThat()
            .withCauseInstanceOf(KafkaException.class);
      }
    }
  }

  @Test
  void deliver_nameOfTheBrokerIsUnknown_triesUntilItMayGiveUp() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (RecordSender sender = new RecordSender(KafkaCluster.open("broker.invalid:9092"))) {
      assertThat(sender.deliver(RECORD, () -> asked.incrementAndGet() == 3)).isFalse();
    }
    assertThat(asked).hasValue(3);
  }

  @Test
  void send_closed_fails() {
    RecordSender sender = new RecordSender(KafkaCluster.open("localhost:1"));
    sender.close();
    assertThat(sender.send(RECORD)).isCompletedExceptionally();
  }
}
