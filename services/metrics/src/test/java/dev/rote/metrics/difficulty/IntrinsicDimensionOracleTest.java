package dev.rote.metrics.difficulty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.random.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IntrinsicDimensionOracleTest {
  /** Others of the point 0 on a line are at 1, 2, 4: {@code -3 / (log(1/4) + log(2/4) + log 1)}. */
  @Test
  void of_fourPointsOnALine_asWorkedOutByHand() {
    float[] line = {0, 1, 2, 4};
    assertThat(IntrinsicDimension.of(line, 4, 1, 3)[0])
        .isCloseTo(3 / (3 * Math.log(2)), within(1e-12));
    /* Of 1: distances 1, 1, 3. */
    assertThat(IntrinsicDimension.of(line, 4, 1, 3)[1])
        .isCloseTo(3 / (2 * Math.log(3)), within(1e-12));
    assertThat(IntrinsicDimension.of(line, 4, 1, 2)[0]).isCloseTo(2 / Math.log(2), within(1e-12));
  }

  @Test
  void of_tooFewOrEquallyFarOrRepeatedPoints() {
    assertThat(IntrinsicDimension.of(new float[] {0, 1, 2}, 3, 1, 3)).containsOnly(Double.NaN);
    assertThat(IntrinsicDimension.of(new float[] {0, 1, -1}, 3, 1, 2)[0]).isNaN();
    assertThat(IntrinsicDimension.of(new float[] {5, 5, 5}, 3, 1, 2)).containsOnly(Double.NaN);
    assertThat(IntrinsicDimension.of(new float[] {5, 5, 7}, 3, 1, 2)[0]).isZero();
  }

  /** Points on a plane of two dimensions in nine: the estimate is of the plane. */
  @Test
  void of_planeInNineDimensions_meanIsNearTwo() {
    int n = 600;
    int width = 9;
    float[] uniform = new float[2 * n];
    CounterRandom.of(8, "plane").fillUniform(uniform, 0, 1);
    float[] points = new float[n * width];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < width; j++) {
        /* The map has orthogonal columns of one length. */
        double angle = 2 * Math.PI * j / width;
        points[i * width + j] =
            (float) (uniform[2 * i] * Math.cos(angle) + uniform[2 * i + 1] * Math.sin(angle));
      }
    }
    double mean =
        Arrays.stream(IntrinsicDimension.of(points, n, width, 20)).average().orElseThrow();
    assertThat(mean).isBetween(1.8, 2.3);
  }
}
