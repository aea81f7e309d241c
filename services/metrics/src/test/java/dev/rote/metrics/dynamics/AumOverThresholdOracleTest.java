package dev.rote.metrics.dynamics;

import static dev.rote.metrics.dynamics.Traces.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.v1.DynamicsMeasure.Score;
import dev.rote.v1.DynamicsValues;
import dev.rote.v1.ExampleScore;
import dev.rote.v1.ExampleScore.Suspect;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Five examples of two classes and three of a third one that does not exist, by hand. */
class AumOverThresholdOracleTest {
  /** Labels to train on 0 1 | 1 0 | 0 | 2 2 2; the dataset's own 0 1 | 0 1 | 0 | 0 1 1. */
  private static final HandmadeExamples EIGHT =
      new HandmadeExamples(
          new int[] {0, 1, 1, 0, 0, 2, 2, 2}, new int[] {0, 1, 0, 1, 0, 0, 1, 1}, 5);

  private static final int[] PREDICTIONS = {0, 1, 0, 1, 0, 1, 0, 1};
  private static final double[] HALVES = {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5};

  /** Means over two epochs: 4, -2, -3, 0.5, -1.5 and -5, -2, -1. */
  private static TraceMeasures measured(Score... scores) {
    TraceMeasures measures = new TraceMeasures(List.of(scores), EIGHT, Integer.MAX_VALUE);
    double[] first = {3, -2, -1, 0, -1, -4, -2, 0};
    double[] second = {5, -2, -5, 1, -2, -6, -2, -2};
    measures.take(pass(PREDICTIONS, HALVES, first), true, 1, 0);
    measures.take(pass(PREDICTIONS, HALVES, second), true, 2, 0);
    return measures;
  }

  /** The 99th percentile of -5, -2, -1 lies 0.98 of the way from -2 to -1: -1.02. */
  @Test
  void value_isTheAreaMinusThe99thPercentileOfTheThresholdClass() {
    ExampleScore score = measured(Score.AUM_OVER_THRESHOLD).scores().get(0);
    assertThat(score.getName()).isEqualTo("aumOverThreshold");
    assertThat(score.getSuspect()).isEqualTo(Suspect.LOW);
    float[] expected = {5.02f, -0.98f, -1.98f, 1.52f, -0.48f};
    for (int i = 0; i < 5; i++) {
      assertThat(score.getValues(i)).isCloseTo(expected[i], within(1e-6f));
    }
    assertThat(score.getValuesList().subList(5, 8)).containsOnly(Float.NaN);
  }

  /** Below it lie 1, 2 and 4 of five, of which 2 has a wrong label and 4 another input. */
  @Test
  void write_shareBelowWithPrecisionAndRecall() {
    DynamicsValues.Builder values = DynamicsValues.newBuilder();
    measured(Score.AUM, Score.AUM_OVER_THRESHOLD).write(values);
    assertThat(values.getAumThreshold()).isCloseTo(-1.02, within(1e-12));
    assertThat(values.getBelowThreshold()).isEqualTo(0.6);
    assertThat(values.getBelowThresholdPrecision()).isEqualTo(2 / 3.0);
    assertThat(values.getBelowThresholdRecall()).isEqualTo(2 / 3.0);
  }

  @Test
  void write_withoutTheScore_setsNothing() {
    DynamicsValues.Builder values = DynamicsValues.newBuilder();
    measured(Score.AUM).write(values);
    assertThat(values.hasAumThreshold()).isFalse();
    assertThat(values.hasBelowThreshold()).isFalse();
  }

  @Test
  void value_withoutAnExampleOfTheClass_isNotANumber() {
    ExampleScore score =
        Traces.score(
            Score.AUM_OVER_THRESHOLD, true, Traces.examples(0, 1), List.of(pass(0, 1), pass(1, 1)));
    assertThat(score.getValuesList()).containsOnly(Float.NaN);
  }

  /** Examples of the class are in no group, and in the numbers of all. */
  @Test
  void curves_leaveTheClassOutOfGroups() {
    LearningCurves curves = new LearningCurves(EIGHT, false);
    curves.begin();
    double[] margins = new double[8];
    Arrays.fill(margins, 1);
    curves.takeEnd(pass(PREDICTIONS, HALVES, margins), 0);
    DynamicsValues values = curves.values();
    assertThat(values.getThresholdExamples()).isEqualTo(3);
    assertThat(values.getClean()).isEqualTo(2);
    assertThat(values.getWrong()).isEqualTo(2);
    assertThat(values.getReplaced()).isEqualTo(1);
    assertThat(values.getRight()).isEqualTo(3 / 8.0);
    assertThat(values.getWrongFitted()).isZero();
  }
}
