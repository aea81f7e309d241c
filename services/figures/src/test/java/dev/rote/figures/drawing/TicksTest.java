package dev.rote.figures.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TicksTest {

  private static List<String> labels(List<Ticks.Tick> ticks) {
    return ticks.stream().map(Ticks.Tick::label).filter(label -> !label.isEmpty()).toList();
  }

  @Test
  void shouldBeRoundNumbersWithEqualDecimals() {
    assertThat(labels(Ticks.linear(0, 1, 5, false)))
        .containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
    assertThat(labels(Ticks.linear(0, 0.05, 5, false)))
        .containsExactly("0.00", "0.01", "0.02", "0.03", "0.04", "0.05");
    assertThat(labels(Ticks.linear(-1, 1, 4, false)))
        .containsExactly("-1.0", "-0.5", "0.0", "0.5", "1.0");
    assertThat(labels(Ticks.linear(0, 1000, 5, true)))
        .containsExactly("0", "200", "400", "600", "800", "1000");
  }

  @Test
  void shouldStayWholeForEpochs() {
    assertThat(labels(Ticks.linear(0, 2, 6, true))).containsExactly("0", "1", "2");
    assertThat(labels(Ticks.linear(0, 12, 5, true))).containsExactly("0", "3", "6", "9", "12");
  }

  @Test
  void shouldLabelDecadesOfALogarithmicAxis() {
    assertThat(labels(Ticks.logarithmic(1, 1000))).containsExactly("1", "10", "100", "1000");
    assertThat(labels(Ticks.logarithmic(1, 20))).containsExactly("1", "2", "5", "10", "20");
    assertThat(Ticks.logarithmic(1, 100)).hasSize(19);
  }

  @Test
  void shouldMapValuesToPositions() {
    assertThat(new Scale(0, 10, 100, 200, false).position(5)).isEqualTo(150);
    assertThat(new Scale(1, 100, 0, 2, true).position(10)).isCloseTo(1, within(1e-12));
    assertThatThrownBy(() -> new Scale(0, 10, 0, 1, true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
