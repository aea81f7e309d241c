package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StrokesSourceTest {
  private static final int TRAIN = 4000;
  private static final int VALIDATION = 1000;
  private static final int V = StrokesSource.SIDE * StrokesSource.SIDE;

  @Test
  void read_sameSeed_sameBytesInAnyOrder() {
    StrokesSource one = new StrokesSource(1, "train", 100);
    StrokesSource two = new StrokesSource(1, "train", 1000);
    byte[] a = new byte[V];
    byte[] b = new byte[V];
    one.read(3, a);
    two.read(90, b);
    two.read(3, b);
    assertThat(b).isEqualTo(a);
    new StrokesSource(2, "train", 100).read(3, b);
    assertThat(b).isNotEqualTo(a);
    new StrokesSource(1, "test", 100).read(3, b);
    assertThat(b).isNotEqualTo(a);
  }

  @Test
  void label_manyExamples_uniformOverTen() {
    StrokesSource source = new StrokesSource(1, "train", 20_000);
    int[] counts = new int[10];
    for (int i = 0; i < 20_000; i++) {
      counts[source.label(i)]++;
    }
    assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThan(1800);
    assertThat(Arrays.stream(counts).max().orElseThrow()).isLessThan(2200);
  }

  @Test
  void read_everyDigit_inkOnAMinorityOfPixels() {
    StrokesSource source = new StrokesSource(1, "train", 500);
    byte[] levels = new byte[V];
    for (int i = 0; i < 500; i++) {
      source.read(i, levels);
      int dark = 0;
      for (byte level : levels) {
        dark += (level & 0xFF) > 110 ? 1 : 0;
      }
      assertThat(dark).isBetween(10, V / 2);
    }
  }

  @Test
  void read_linearModel_staysUnderNinetyFivePercent() {
    float[][] train = inputs(0, TRAIN);
    float[][] validation = inputs(TRAIN, VALIDATION);
    Softmax linear = new Softmax();
    Random order = new Random(1);
    double best = 0;
    for (int epoch = 0; epoch < 8; epoch++) {
      for (int step = 0; step < TRAIN; step++) {
        int i = order.nextInt(TRAIN);
        linear.step(train[i], label(i), 0.02f);
      }
      int right = 0;
      for (int i = 0; i < VALIDATION; i++) {
        right += linear.predict(validation[i]) == label(TRAIN + i) ? 1 : 0;
      }
      best = Math.max(best, right / (double) VALIDATION);
    }
    assertThat(best).isBetween(0.5, 0.95);
  }

  private static final StrokesSource SOURCE = new StrokesSource(1, "train", TRAIN + VALIDATION);

  private static int label(int i) {
    return SOURCE.label(i);
  }

  private static float[][] inputs(int first, int count) {
    float[][] inputs = new float[count][V];
    byte[] levels = new byte[V];
    for (int i = 0; i < count; i++) {
      SOURCE.read(first + i, levels);
      for (int v = 0; v < V; v++) {
        inputs[i][v] = (levels[v] & 0xFF) / 255f;
      }
    }
    return inputs;
  }

  /** Multinomial logistic regression by plain gradient steps. */
  private static final class Softmax {
    private final float[][] weights = new float[10][V + 1];

    private double[] probabilities(float[] x) {
      double[] p = new double[10];
      double largest = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < 10; k++) {
        double sum = weights[k][V];
        for (int v = 0; v < V; v++) {
          sum += weights[k][v] * x[v];
        }
        p[k] = sum;
        largest = Math.max(largest, sum);
      }
      double total = 0;
      for (int k = 0; k < 10; k++) {
        p[k] = Math.exp(p[k] - largest);
        total += p[k];
      }
      for (int k = 0; k < 10; k++) {
        p[k] /= total;
      }
      return p;
    }

    int predict(float[] x) {
      double[] p = probabilities(x);
      int best = 0;
      for (int k = 1; k < 10; k++) {
        best = p[k] > p[best] ? k : best;
      }
      return best;
    }

    void step(float[] x, int label, float rate) {
      double[] p = probabilities(x);
      for (int k = 0; k < 10; k++) {
        float g = (float) (p[k] - (k == label ? 1 : 0)) * rate;
        for (int v = 0; v < V; v++) {
          weights[k][v] -= g * x[v];
        }
        weights[k][V] -= g;
      }
    }
  }
}
