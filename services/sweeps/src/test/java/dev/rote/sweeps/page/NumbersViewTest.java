package dev.rote.sweeps.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.v1.Figure;
import dev.rote.v1.Panel;
import dev.rote.v1.Series;
import org.junit.jupiter.api.Test;

class NumbersViewTest {

  private static Figure curve(int points, int repetitions) {
    Series.Builder series = Series.newBuilder().setLabel("real");
    for (int i = 0; i < points; i++) {
      series.addX(i).addY(1 / 3.0).addLow(0.25).addHigh(0.5).addRepetitions(repetitions);
    }
    return Figure.newBuilder()
        .addPanels(Panel.newBuilder().addMetrics("training accuracy").addSeries(series))
        .build();
  }

  @Test
  void of_curve_hasItsNumbersInFullAndInShort() {
    assertThat(NumbersView.of(curve(2, 3)).lines())
        .last()
        .isEqualTo(
            new NumbersView.Line(
                "training accuracy",
                "real",
                "1",
                "0.3333333333333333",
                "0.3333",
                "0.25 to 0.5",
                3));
    assertThat(NumbersView.of(curve(1, 1)).lines().get(0).interval()).isEmpty();
  }

  @Test
  void of_longCurve_keepsItsEndAndNoMoreThanCanBeRead() {
    NumbersView view = NumbersView.of(curve(10_001, 1));
    assertThat(view.every()).isEqualTo(21);
    assertThat(view.lines()).hasSizeLessThan(502).last().extracting("epoch").isEqualTo("10000");
  }
}
