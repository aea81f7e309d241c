package dev.rote.corruption.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.v1.InputCorruption.Statistics;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InputRuleOracleTest {

  /** Two examples of two channels with two pixels, by hand. */
  @Test
  void of_eachStatistics_meansAndPopulationDeviations() {
    Moments moments = new Moments(2, 4, 255);
    moments.add(new int[] {0, 255, 51, 51});
    Moments other = new Moments(2, 4, 255);
    other.add(new int[] {255, 255, 51, 153});
    moments.add(other);

    float[][] pixel = moments.of(Statistics.PIXEL);
    assertThat(pixel[0]).containsExactly(0.5f, 1f, 0.2f, 0.4f);
    assertThat(pixel[1]).containsExactly(0.5f, 0f, 0f, 0.2f);
    float[][] channel = moments.of(Statistics.CHANNEL);
    assertThat(channel[0]).containsExactly(0.75f, 0.75f, 0.3f, 0.3f);
    assertThat(channel[1][0]).isCloseTo((float) Math.sqrt(3.0 / 16), within(1e-7f));
    assertThat(channel[1][2]).isCloseTo((float) Math.sqrt(0.03), within(1e-7f));
    float[][] scalar = moments.of(Statistics.SCALAR);
    assertThat(scalar[0]).containsOnly(0.525f);
    /* E[x^2] = (0 + 1 + 1 + 1 + 0.04 * 3 + 0.36) / 8 */
    assertThat(scalar[1][3]).isCloseTo((float) Math.sqrt(3.48 / 8 - 0.525 * 0.525), within(1e-7f));
  }

  @Test
  void draw_gaussian_meanAndVarianceOfEachValue() {
    float[] means = {0.1f, 0.5f, -1f};
    float[] deviations = {0.3f, 0f, 2f};
    GaussianInputs rule = new GaussianInputs(11, "train", means, deviations);
    int n = 40_000;
    double[] sum = new double[3];
    double[] square = new double[3];
    double cross = 0;
    float[] out = new float[3];
    for (int i = 0; i < n; i++) {
      rule.draw(i, out);
      for (int v = 0; v < 3; v++) {
        sum[v] += out[v];
        square[v] += (double) out[v] * out[v];
      }
      cross += (out[0] - 0.1) * (out[2] + 1);
    }
    for (int v = 0; v < 3; v++) {
      double mean = sum[v] / n;
      double variance = square[v] / n - mean * mean;
      double expected = (double) deviations[v] * deviations[v];
      assertThat(mean).isCloseTo(means[v], within(5 * deviations[v] / Math.sqrt(n) + 1e-6));
      assertThat(variance).isCloseTo(expected, within(5 * expected * Math.sqrt(2.0 / n) + 1e-6));
    }
    assertThat(cross / n / 0.6).isCloseTo(0, within(5 / Math.sqrt(n)));
  }

  @Test
  void draw_uniform_momentsAndRange() {
    UniformInputs rule = new UniformInputs(11, "train");
    float[] out = new float[785];
    double sum = 0;
    double square = 0;
    int n = 100;
    for (int i = 0; i < n; i++) {
      rule.draw(i, out);
      for (float value : out) {
        assertThat(value >= 0 && value < 1).isTrue();
        sum += value;
        square += (double) value * value;
      }
    }
    double count = n * 785.0;
    assertThat(sum / count).isCloseTo(0.5, within(5 * Math.sqrt(1 / 12.0 / count)));
    assertThat(square / count).isCloseTo(1 / 3.0, within(5 * Math.sqrt(4 / 45.0 / count)));
  }

  @Test
  void shuffle_shared_onePermutationAndChannelsTogether() {
    int pixels = 64;
    SharedShuffle rule = new SharedShuffle(3, pixels);
    int[] one = IntStream.range(0, 2 * pixels).toArray();
    int[] two = one.clone();
    rule.shuffle(0, one);
    rule.shuffle(99, two);
    assertThat(two).isEqualTo(one);
    assertThat(one).isNotEqualTo(IntStream.range(0, 2 * pixels).toArray());
    for (int p = 0; p < pixels; p++) {
      assertThat(one[pixels + p]).isEqualTo(one[p] + pixels);
    }
    Arrays.sort(one);
    assertThat(one).isEqualTo(IntStream.range(0, 2 * pixels).toArray());
  }

  @Test
  void shuffle_each_everyPixelEverywhereEquallyOften() {
    int pixels = 8;
    OwnShuffle rule = new OwnShuffle(3, "train", pixels);
    int n = 16_000;
    int[][] counts = new int[pixels][pixels];
    for (int i = 0; i < n; i++) {
      int[] levels = IntStream.range(0, pixels).toArray();
      rule.shuffle(i, levels);
      for (int p = 0; p < pixels; p++) {
        counts[p][levels[p]]++;
      }
    }
    double expected = n / (double) pixels;
    for (int[] row : counts) {
      for (int count : row) {
        assertThat((double) count).isCloseTo(expected, within(5 * Math.sqrt(expected)));
      }
    }
  }

  @Test
  void draw_sameSeedAndExample_sameBitsInAnyOrder() {
    float[] means = new float[784];
    float[] deviations = new float[784];
    Arrays.fill(deviations, 1);
    float[] first = new float[784];
    float[] second = new float[784];
    new GaussianInputs(1, "train", means, deviations).draw(17, first);
    GaussianInputs again = new GaussianInputs(1, "train", means, deviations);
    again.draw(18, second);
    assertThat(second).isNotEqualTo(first);
    again.draw(17, second);
    assertThat(second).isEqualTo(first);
    new GaussianInputs(1, "validation", means, deviations).draw(17, second);
    assertThat(second).isNotEqualTo(first);
  }
}
