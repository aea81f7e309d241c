package dev.rote.sweeps.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoringTest {
  private static final TopicPartition ONE = new TopicPartition("changelog", 0);
  private static final TopicPartition OTHER = new TopicPartition("changelog", 1);
  private static final String STORE = "workflow";

  @Test
  void isUnderWay_fromTheFirstStartToTheLastEnd() {
    Restoring restoring = new Restoring();
    assertThat(restoring.isUnderWay()).isFalse();
    restoring.onRestoreStart(ONE, STORE, 0, 10);
    restoring.onRestoreStart(OTHER, STORE, 0, 10);
    restoring.onBatchRestored(ONE, STORE, 9, 10);
    restoring.onRestoreEnd(ONE, STORE, 10);
    assertThat(restoring.isUnderWay()).isTrue();
    restoring.onRestoreSuspended(OTHER, STORE, 3);
    assertThat(restoring.isUnderWay()).isFalse();
  }
}
