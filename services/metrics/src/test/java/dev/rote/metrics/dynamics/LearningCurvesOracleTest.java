package dev.rote.metrics.dynamics;

import static dev.rote.metrics.dynamics.Traces.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.v1.DynamicsValues;
import org.junit.jupiter.api.Test;

/** Two clean examples, two with a wrong label and one with a replaced input, by hand. */
class LearningCurvesOracleTest {
  /** Labels to train on 0 1 | 2 0 | 1, the dataset's own 0 1 | 0 1 | 2. */
  private static final HandmadeExamples FIVE =
      new HandmadeExamples(new int[] {0, 1, 2, 0, 1}, new int[] {0, 1, 0, 1, 2}, 5);

  private static final double[] HALVES = {0.5, 0.5, 0.5, 0.5, 0.5};

  @Test
  void values_ofGroups() {
    LearningCurves curves = new LearningCurves(FIVE, false);
    curves.begin();
    curves.takeEnd(pass(new int[] {0, 2, 2, 1, 1}, HALVES, new double[] {3, -1, 2, -4, 0.5}), 0);
    DynamicsValues values = curves.values();
    assertThat(values.getExamples()).isEqualTo(5);
    assertThat(values.getClean()).isEqualTo(2);
    assertThat(values.getWrong()).isEqualTo(2);
    assertThat(values.getReplaced()).isEqualTo(1);
    assertThat(values.getRight()).isEqualTo(0.6);
    assertThat(values.getCleanRight()).isEqualTo(0.5);
    assertThat(values.getWrongFitted()).isEqualTo(0.5);
    assertThat(values.getWrongLearnedTrue()).isEqualTo(0.5);
    assertThat(values.getReplacedFitted()).isEqualTo(1);
    assertThat(values.getMargin()).isCloseTo(0.1, within(1e-12));
    assertThat(values.getCleanMargin()).isEqualTo(1);
    assertThat(values.getWrongMargin()).isEqualTo(-1);
    assertThat(values.getReplacedMargin()).isEqualTo(0.5);
    assertThat(values.getPresentedRight()).isNaN();
    assertThat(values.getForgotten()).isNaN();
    assertThat(values.getUnforgettable()).isNaN();
    assertThat(values.getNeverLearned()).isNaN();
  }

  /** Right, epoch by epoch: 0 1 1 | never | 1 0 1 | 1 1 1 | 0 1 and then not presented. */
  @Test
  void values_ofPresentations() {
    LearningCurves curves = new LearningCurves(FIVE, false);
    curves.begin();
    curves.takePresentation(pass(1, 0, 2, 0, 0), 0);
    assertPresented(curves.values(), 2 / 5.0, 0, 2 / 5.0, 3 / 5.0);
    curves.begin();
    curves.takePresentation(pass(0, 0, 0, 0), 0);
    curves.takePresentation(pass(1), 4);
    assertPresented(curves.values(), 3 / 5.0, 1 / 5.0, 3 / 5.0, 1 / 5.0);
    curves.begin();
    curves.takePresentation(pass(0, 0, 2, 0, -1), 0);
    assertPresented(curves.values(), 3 / 4.0, 0, 3 / 5.0, 1 / 5.0);
  }

  private static void assertPresented(
      DynamicsValues values, double right, double forgotten, double unforgettable, double never) {
    assertThat(values.getPresentedRight()).isEqualTo(right);
    assertThat(values.getForgotten()).isEqualTo(forgotten);
    assertThat(values.getUnforgettable()).isEqualTo(unforgettable);
    assertThat(values.getNeverLearned()).isEqualTo(never);
  }

  /** Class 1 of labels of their own is not the dataset's class 1. */
  @Test
  void values_ofUniqueLabels_knowNoTrueOne() {
    LearningCurves curves = new LearningCurves(FIVE, true);
    curves.begin();
    curves.takeEnd(pass(0, 1, 2, 1, 1), 0);
    assertThat(curves.values().getClean()).isZero();
    assertThat(curves.values().getCleanRight()).isNaN();
    assertThat(curves.values().getWrongFitted()).isEqualTo(0.75);
    assertThat(curves.values().getWrongLearnedTrue()).isNaN();
  }
}
