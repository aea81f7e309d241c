package dev.rote.metrics.difficulty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.random.CounterRandom;
import org.junit.jupiter.api.Test;

class GradientVarianceOracleTest {
  /**
   * Two pixels of two channels over three checkpoints. Means of channels: pixel 0 is 1, 2, 3, with
   * the deviation sqrt(2/3), pixel 1 is 4, 4, 4, with none.
   */
  @Test
  void of_threeCheckpoints_asWorkedOutByHand() {
    GradientVariance variance = new GradientVariance(2, 2, 2);
    float[][] gradients = {{0, 4, 2, 4}, {1, 3, 3, 5}, {3, 8, 3, 0}};
    assertThat(variance.of(1)).isNaN();
    for (float[] each : gradients) {
      float[] shifted = new float[5];
      System.arraycopy(each, 0, shifted, 1, 4);
      variance.add(1, shifted, 1);
    }
    assertThat(variance.of(1)).isCloseTo(Math.sqrt(2.0 / 3) / 2, within(1e-12));
    assertThat(variance.of(0)).isNaN();
  }

  /** Equations 1 to 3 as they are written, in two passes. */
  @Test
  void of_drawnGradients_areTheTwoPasses() {
    int pixels = 7;
    int checkpoints = 9;
    float[] all = new float[checkpoints * pixels];
    CounterRandom.of(3, "gradients").fillGaussian(all, 0, all.length, 0, 0, 1, 1000);
    GradientVariance variance = new GradientVariance(1, 1, pixels);
    for (int t = 0; t < checkpoints; t++) {
      variance.add(0, all, t * pixels);
    }
    double vog = 0;
    for (int p = 0; p < pixels; p++) {
      double mean = 0;
      for (int t = 0; t < checkpoints; t++) {
        mean += all[t * pixels + p] / (double) checkpoints;
      }
      double squares = 0;
      for (int t = 0; t < checkpoints; t++) {
        squares += Math.pow(all[t * pixels + p] - mean, 2) / checkpoints;
      }
      vog += Math.sqrt(squares) / pixels;
    }
    assertThat(variance.of(0)).isCloseTo(vog, within(1e-9));
  }

  /**
   * Class 0 has 1, 3 and 5: mean 3, deviation sqrt(8/3). Class 1 has one value, class 2 equal ones.
   */
  @Test
  void normalised_byClass_asWorkedOutByHand() {
    double[] values = {1, 9, 3, 5, 4, 4};
    double[] normalised = GradientVariance.normalised(values, new int[] {0, 1, 0, 0, 2, 2}, 4);
    double deviation = Math.sqrt(8.0 / 3);
    assertThat(normalised[0]).isCloseTo(-2 / deviation, within(1e-12));
    assertThat(normalised[2]).isCloseTo(0, within(1e-12));
    assertThat(normalised[3]).isCloseTo(2 / deviation, within(1e-12));
    assertThat(new double[] {normalised[1], normalised[4], normalised[5]}).containsOnly(Double.NaN);
  }
}
