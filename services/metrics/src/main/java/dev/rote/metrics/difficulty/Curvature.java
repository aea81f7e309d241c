package dev.rote.metrics.difficulty;

import dev.rote.metrics.examples.ExampleSet;
import dev.rote.metrics.examples.Predictions;
import dev.rote.networks.Network;
import dev.rote.random.CounterRandom;
import java.util.Arrays;

/**
 * Curvature of the loss around examples, with g the gradient of an example's cross-entropy by its
 * input and v of independent values -1 and 1 (Rademacher): {@code E_v ‖g(x + h v) - g(x)‖² / h²},
 * Hutchinson's estimate of the trace of the squared Hessian (Garg, Ravikumar and Roy, ICML 2024,
 * section 3), averaged over networks. Their code averages {@code ‖g(x + h v) - g(x)‖}, neither
 * squared nor divided by h, of the mean loss of a batch; here losses are each example's own.
 *
 * <p>Gradients are float32: of a function that is linear around x, what is left of the difference
 * is rounding, some 1e-7 ‖g‖, which the division by h makes larger.
 */
final class Curvature {
  private final ExampleSet examples;
  private final int draws;
  private final float step;
  private final CounterRandom random;
  private final double[] squares;
  private final double[] norms;
  private final Predictions predictions;
  private int networks;

  Curvature(ExampleSet examples, int draws, double step, long seed) {
    this.examples = examples;
    this.draws = draws;
    this.step = (float) step;
    this.random = CounterRandom.of(seed, "input-curvature");
    this.squares = new double[examples.size()];
    this.norms = new double[examples.size()];
    this.predictions = new Predictions(examples.size());
  }

  /** Looks at a network. */
  void add(Network network, Runnable pulse) {
    int length = network.blueprint().inputLength();
    int classes = network.blueprint().classes();
    networks++;
    new ExampleBatches(examples, length, pulse)
        .each(
            (first, n, inputs, labels) -> {
              float[] logits = new float[n * classes];
              float[] here = new float[n * length];
              float[] moved = new float[n * length];
              float[] there = new float[n * length];
              network.inputGradient(inputs, labels, n, here, logits);
              predictions.take(first, n, logits, classes);
              for (int draw = 0; draw < draws; draw++) {
                for (int i = 0; i < n; i++) {
                  move(first + i, draw, length, inputs, i * length, moved);
                }
                pulse.run();
                network.inputGradient(moved, labels, n, there, logits);
                for (int i = 0; i < n; i++) {
                  double square = distance(here, there, i * length, length);
                  squares[first + i] += square / ((double) step * step);
                  norms[first + i] += Math.sqrt(square);
                }
              }
            });
  }

  /** Writes {@code x + h v}; v is addressed by the example's index in its source file. */
  private void move(int example, int draw, int length, float[] inputs, int offset, float[] moved) {
    int[] words = new int[(length + Integer.SIZE - 1) / Integer.SIZE];
    long address = Integer.toUnsignedLong(examples.sourceIndex(example)) << Integer.SIZE | draw;
    random.fillBits(words, words.length, address);
    for (int j = 0; j < length; j++) {
      boolean up = (words[j / Integer.SIZE] >>> j % Integer.SIZE & 1) != 0;
      moved[offset + j] = inputs[offset + j] + (up ? step : -step);
    }
  }

  private static double distance(float[] a, float[] b, int from, int length) {
    double sum = 0;
    for (int j = from; j < from + length; j++) {
      double difference = (double) a[j] - b[j];
      sum += difference * difference;
    }
    return sum;
  }

  /** {@code E_v ‖g(x + h v) - g(x)‖² / h²} of each example, averaged over networks. */
  double[] squares() {
    return mean(squares);
  }

  /** {@code E_v ‖g(x + h v) - g(x)‖}. */
  double[] norms() {
    return mean(norms);
  }

  /** What the last network predicts. */
  Predictions predictions() {
    return predictions;
  }

  /** Pulses of a look at a network. */
  long pulses() {
    return (1L + draws) * ExampleBatches.count(examples.size());
  }

  private double[] mean(double[] sums) {
    return Arrays.stream(sums).map(sum -> sum / ((double) draws * networks)).toArray();
  }
}
