package dev.rote.corruption.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Rows of {@code instance_noise.py}, beside this test's resources, and draws from them. */
class InstanceNoiseOracleTest {
  private static final int K = 4;
  private static final int V = 6;
  private static final double[][] ROWS = {
    {0, 0.424535817, 0.193722207, 0.381741976},
    {0.213520271, 0, 0.203773503, 0.582706226},
    {0.272088543, 0.338983669, 0, 0.388927788},
    {0.422771317, 0.200944234, 0.376284449, 0}
  };

  @Test
  void row_ofGivenWeights_isThatOfNumpy() {
    for (int y = 0; y < K; y++) {
      float[] weights = new float[V * K];
      float[] x = new float[V];
      for (int v = 0; v < V; v++) {
        x[v] = (float) ((v * 37 + 11 * y) % 256 / 255.0);
        for (int k = 0; k < K; k++) {
          weights[v * K + k] = (float) Math.sin(1.0 + y + 2.0 * v + 3.0 * k);
        }
      }
      double[] row = InstanceNoise.softmax(InstanceNoise.product(weights, x, K), y);
      for (int k = 0; k < K; k++) {
        assertThat(row[k]).isCloseTo(ROWS[y][k], within(1e-6));
      }
    }
  }

  /** Scores of one input over many seeds are normal with the input's norm as deviation. */
  @Test
  void weights_areStandardGaussian() {
    float[] input = {0.5f, 0, 1, 0.25f};
    double norm = Math.sqrt(0.25 + 1 + 0.0625);
    int n = 4000;
    double sum = 0;
    double squares = 0;
    for (int seed = 0; seed < n; seed++) {
      /* Of three classes two are left: the log of their ratio is a difference of two scores. */
      double[] row = new InstanceNoise(seed, "train", 3, 4).row(0, input);
      double difference = Math.log(row[1] / row[2]);
      sum += difference;
      squares += difference * difference;
    }
    double deviation = norm * Math.sqrt(2);
    assertThat(sum / n).isCloseTo(0, within(4 * deviation / Math.sqrt(n)));
    assertThat(squares / n / (deviation * deviation)).isCloseTo(1, within(4 * Math.sqrt(2.0 / n)));
  }

  @Test
  void relabel_manyExamples_followsTheRowOfTheInputAndNeverStays() {
    InstanceNoise noise = new InstanceNoise(3, "train", K, V);
    float[] input = {0.9f, 0.1f, 0.4f, 0, 1, 0.2f};
    double[] row = noise.row(2, input);
    int n = 20_000;
    int[] counts = new int[K];
    for (int i = 0; i < n; i++) {
      counts[noise.relabel(i, 2, input)]++;
    }
    assertThat(counts[2]).isZero();
    for (int k = 0; k < K; k++) {
      assertThat(counts[k] / (double) n)
          .isCloseTo(row[k], within(1e-9 + 4 * Math.sqrt(row[k] * (1 - row[k]) / n)));
    }
  }

  /** Likewise inputs are taken alike, whatever split they are in. */
  @Test
  void row_otherSplit_isTheSame() {
    float[] input = {0.9f, 0.1f, 0.4f, 0, 1, 0.2f};
    assertThat(new InstanceNoise(3, "validation", K, V).row(1, input))
        .isEqualTo(new InstanceNoise(3, "train", K, V).row(1, input));
  }
}
