package dev.rote.workqueue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AuditTopicTest {
  private final List<String> written = Collections.synchronizedList(new ArrayList<>());
  private final AtomicBoolean closed = new AtomicBoolean();

  private AuditTopic topic(RecordSink sink) {
    return new AuditTopic(sink, () -> closed.set(true));
  }

  @Test
  void lines_areWrittenInOrder_alsoThoseThatWaitAtTheEnd() throws Exception {
    AuditTopic topic =
        topic(
            (record, giveUp) -> {
              assertThat(record.topic()).isEqualTo("rote.audit");
              written.add(record.key() + " " + new String(record.value(), UTF_8));
              return true;
            });
    for (int i = 0; i < 100; i++) {
      topic.tell("ada", "{" + i + "}");
    }
    topic.close();

    assertThat(written).hasSize(100).startsWith("ada {0}", "ada {1}").endsWith("ada {99}");
    assertThat(topic.left()).isZero();
    assertThat(closed).isTrue();
  }

  @Test
  void lines_beyondWhatMayWait_areCountedAndNobodyWaits() throws Exception {
    CountDownLatch reachable = new CountDownLatch(1);
    AuditTopic topic =
        topic(
            (record, giveUp) -> {
              reachable.await();
              written.add("");
              return true;
            });
    for (int i = 0; i < 10_500; i++) {
      topic.tell("ada", "{}");
    }

    assertThat(topic.left()).isBetween(498L, 500L);
    reachable.countDown();
    topic.close();
    assertThat(written.size() + topic.left()).isEqualTo(10_500);
  }

  @Test
  void line_thatKafkaRefuses_isCountedAndTheNextIsWritten() throws Exception {
    AuditTopic topic =
        topic(
            (record, giveUp) -> {
              if (record.value().length > 3) {
                throw new RecordTooLargeException("too large");
              }
              written.add(new String(record.value(), UTF_8));
              return true;
            });
    topic.tell("ada", "{123}");
    topic.tell("ada", "{4}");
    topic.close();

    assertThat(written).containsExactly("{4}");
    assertThat(topic.left()).isEqualTo(1);
  }
}
