package dev.rote.workqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.rote.v1.WorkItem;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WorkKindTest {

  @Test
  void of_anyWorkOfTheContract_hasAKind() {
    for (FieldDescriptor work : WorkItem.getDescriptor().getOneofs().get(0).getFields()) {
      WorkItem.Builder item = WorkItem.newBuilder();
      item.setField(work, item.newBuilderForField(work).build());
      assertThat(WorkKind.of(item.build())).as(work.getName()).isNotNull();
    }
  }

  @Test
  void of_itemWithoutWork_isRefusedByName() {
    assertThatThrownBy(() -> WorkKind.of(WorkItem.newBuilder().setWorkId("trial/x").build()))
        .hasMessageContaining("trial/x");
  }

  @Test
  void topicsAndGroups_differByKind() {
    assertThat(Arrays.stream(WorkKind.values()).map(WorkKind::topic)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(WorkKind.values()).map(WorkKind::group)).doesNotHaveDuplicates();
  }
}
