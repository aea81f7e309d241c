package dev.rote.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisColumnsTest {
  private static final List<String> COLUMNS = List.of("index", "state", "axis_axis_state");

  @Test
  void shouldBeTheAxisUnlessAnotherColumnIsCalledSo() {
    assertThat(AxisColumns.name("width", List.of("width"), COLUMNS)).isEqualTo("width");
    assertThat(AxisColumns.name("state", List.of("state"), COLUMNS)).isEqualTo("axis_state");
    assertThat(AxisColumns.name("state", List.of("state", "axis_state"), COLUMNS))
        .as("neither the other axis nor a column")
        .isEqualTo("axis_axis_axis_state");
    assertThat(AxisColumns.name("axis_state", List.of("state", "axis_state"), COLUMNS))
        .isEqualTo("axis_state");
  }
}
