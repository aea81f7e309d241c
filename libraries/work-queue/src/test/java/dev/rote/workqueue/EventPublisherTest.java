package dev.rote.workqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.rote.v1.WorkflowEvent;
import org.junit.jupiter.api.Test;

class EventPublisherTest {

  /** A kind of event that is added to the contract must get a key, or it could not be written. */
  @Test
  void key_anyKindOfEvent_isTheSweepTheWorkTheWorkerOrTheClock() {
    for (FieldDescriptor kind : WorkflowEvent.getDescriptor().getOneofs().get(0).getFields()) {
      var payload = WorkflowEvent.newBuilder().newBuilderForField(kind);
      FieldDescriptor sweep = kind.getMessageType().findFieldByName("sweep_id");
      FieldDescriptor work = kind.getMessageType().findFieldByName("work_id");
      FieldDescriptor worker = kind.getMessageType().findFieldByName("worker");
      String expected = "clock";
      if (sweep != null) {
        expected = "sweep-1";
        payload.setField(sweep, expected);
      } else if (work != null) {
        expected = "trial/1";
        payload.setField(work, expected);
      } else if (worker != null) {
        expected = "host/1";
        payload.setField(worker, expected);
      }
      WorkflowEvent event = WorkflowEvent.newBuilder().setField(kind, payload.build()).build();
      assertThat(EventPublisher.key(event)).as(kind.getName()).isEqualTo(expected);
    }
  }

  @Test
  void key_emptyEvent_isRefused() {
    assertThatThrownBy(() -> EventPublisher.key(WorkflowEvent.getDefaultInstance()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
