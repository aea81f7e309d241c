package dev.rote.networks.nd4j;

import dev.rote.networks.StepSettings;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Biases of a convolution whose outputs are products, example by example. */
final class PatchBiases {
  private final Parameter biases;
  private final MatrixProduct[] repeated;
  private final INDArray gradient;
  private final ChannelSums sums;
  private final float[] values;

  /**
   * @param output float32[N, F, …] of {@code pixels} pixels
   */
  PatchBiases(Parameter biases, Stage.Signal output, int pixels, Arena arena) {
    this.biases = biases;
    int filters = biases.length();
    INDArray column = biases.value().reshape('c', filters, 1);
    INDArray ones = arena.filled(1, 1, pixels);
    this.repeated = new MatrixProduct[(int) output.examples()];
    for (int i = 0; i < repeated.length; i++) {
      INDArray y = output.value().slice(i).reshape('c', filters, pixels);
      repeated[i] = arena.product(column, false, ones, false, y);
    }
    this.gradient = arena.zeros(filters);
    INDArray dy = output.gradient();
    this.sums = new ChannelSums(dy == null ? output.value() : dy, filters, arena);
    this.values = new float[filters];
  }

  /** Overwrites the output of an example with the biases. */
  void begin(int example) {
    repeated[example].run();
  }

  /** One update by the gradient of the output. */
  void update(StepSettings settings) {
    double[] totals = sums.sums();
    for (int f = 0; f < values.length; f++) {
      values[f] = (float) totals[f];
    }
    Arena.copyIn(values, 0, values.length, gradient);
    biases.update(gradient, settings);
  }
}
