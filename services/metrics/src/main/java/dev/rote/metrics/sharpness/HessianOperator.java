package dev.rote.metrics.sharpness;

import dev.rote.metrics.examples.ExampleSet;
import dev.rote.networks.Directions;
import dev.rote.networks.Network;
import java.util.Arrays;

/**
 * Hessian of the mean loss that the trial was trained on, over a set of examples, with respect to
 * all trained parameters, in inference mode (running statistics of batch norm are constants) and
 * without the weight-decay term. Batches are summed in their order.
 */
final class HessianOperator implements SymmetricOperator, AutoCloseable {
  private static final int BATCH = 256;

  private final Directions direction;
  private final ExampleSet examples;
  private final Runnable pulse;
  private final int size;
  private final int batch;
  private final float[] inputs;
  private final int[] labels;
  private final float[] product;

  /**
   * @param examples at least one
   * @param pulse run before each call on the network; what it throws ends the product
   */
  HessianOperator(Network network, ExampleSet examples, Runnable pulse) {
    this.direction = network.directions(1, 0, Directions.Mode.INFERENCE);
    this.examples = examples;
    this.pulse = pulse;
    this.size = Math.toIntExact(network.parameters());
    this.batch = Math.min(BATCH, examples.size());
    this.inputs = new float[batch * network.blueprint().inputLength()];
    this.labels = new int[batch];
    this.product = new float[size];
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void multiply(float[] v, float[] out) {
    Arrays.fill(out, 0);
    for (int first = 0; first < examples.size(); first += batch) {
      int n = Math.min(batch, examples.size() - first);
      examples.inputs(first, n, inputs);
      for (int i = 0; i < n; i++) {
        labels[i] = examples.label(first + i);
      }
      pulse.run();
      direction.write(0, v);
      direction.multiplyByHessian(inputs, labels, n);
      direction.read(0, product);
      float share = (float) ((double) n / examples.size());
      for (int i = 0; i < size; i++) {
        out[i] += share * product[i];
      }
    }
  }

  @Override
  public void close() {
    direction.close();
  }
}
