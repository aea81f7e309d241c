package dev.rote.figures.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rote.v1.Panel;
import dev.rote.v1.Series;
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
  void shouldLabelShortAndLongLogarithmicAxes() {
    assertThat(labels(Ticks.logarithmic(0.3, 0.5)))
        .containsExactly("0.30", "0.35", "0.40", "0.45", "0.50");
    assertThat(labels(Ticks.logarithmic(1e-5, 1e-2)))
        .containsExactly("1e-5", "1e-4", "0.001", "0.01");
    assertThat(labels(Ticks.logarithmic(1e-12, 1))).hasSizeBetween(4, 7);
    assertThat(labels(Ticks.at(List.of(16.0, 4096.0)))).containsExactly("16", "4096");
  }

  @Test
  void shouldFindEndsOfLogarithmicAndScatterAxes() {
    Panel.Builder panel = Panel.newBuilder().setLogY(true);
    Series.Builder series = panel.addSeriesBuilder();
    series.addX(1).addY(3).addLow(-4).addHigh(10).addX(2).addY(70).addLow(60).addHigh(90);
    series.addX(3).addY(0).addLow(0).addHigh(0);
    /* The low end of the interval at 3 is cut off at a third of it. */
    assertThat(Range.ofValues(List.of(panel.build()))).isEqualTo(new Range(1, 100));
    Panel.Builder scatter = Panel.newBuilder();
    Series.Builder points = scatter.addSeriesBuilder();
    points.addX(0.5).addXLow(0.4).addXHigh(0.6).addY(0.31).addLow(0.3).addHigh(0.32);
    points.addX(0.9).addXLow(0.8).addXHigh(1.4).addY(0.39).addLow(0.37).addHigh(0.41);
    Range positions = Range.ofPositions(scatter.build());
    assertThat(positions.low()).isCloseTo(0.2, within(1e-9));
    assertThat(positions.high()).isCloseTo(1, within(1e-9));
    Range values = Range.ofValues(List.of(scatter.build()));
    assertThat(values.low()).isBetween(0.27, 0.3);
    assertThat(values.high()).isBetween(0.41, 0.43);
  }

  @Test
  void shouldMapValuesToPositions() {
    assertThat(new Scale(0, 10, 100, 200, false).position(5)).isEqualTo(150);
    assertThat(new Scale(1, 100, 0, 2, true).position(10)).isCloseTo(1, within(1e-12));
    assertThatThrownBy(() -> new Scale(0, 10, 0, 1, true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
