package dev.rote.metrics.sharpness;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.DenseChain;
import dev.rote.blueprint.Node;
import dev.rote.blueprint.ParameterShape;
import dev.rote.metrics.examples.ExampleSet;
import dev.rote.networks.Directions;
import dev.rote.networks.Network;
import java.util.Arrays;

/**
 * Hessian of the mean loss that the trial was trained on, over a set of examples, with respect to
 * all trained parameters, in inference mode (running statistics of batch norm are constants) and
 * without the weight-decay term. Batches are summed in their order: of 256 examples, or of as many
 * as the values of all nodes leave room for.
 */
final class HessianOperator implements SymmetricOperator, AutoCloseable {
  private static final int LARGEST_BATCH = 256;

  /** Bytes that the values of a batch, and what stands beside each, may take, about. */
  private static final long BATCH_BYTES = 128L << 20;

  /* Value and gradient, and both along the direction, in float32. */
  private static final int VALUE_BYTES = 16;

  /* What normalisations keep of each value, and their arrays in passing, in float64. */
  private static final int NORMALISED_BYTES = 64;

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
    this.batch = Math.min(batch(network.blueprint()), examples.size());
    this.inputs = new float[batch * network.blueprint().inputLength()];
    this.labels = new int[batch];
    this.product = new float[size];
  }

  /** Most examples at once. Engines keep little beside the products of a chain of dense layers. */
  static int batch(Blueprint blueprint) {
    if (DenseChain.of(blueprint).isPresent()) {
      return LARGEST_BATCH;
    }
    long bytes = 0;
    for (Node node : blueprint.nodes()) {
      boolean normalises =
          node.parameters().stream().anyMatch(shape -> shape.role() == ParameterShape.Role.SHIFT);
      int each = normalises ? VALUE_BYTES + NORMALISED_BYTES : VALUE_BYTES;
      bytes += (long) each * node.extent().length();
    }
    return (int) Math.max(1, Math.min(LARGEST_BATCH, BATCH_BYTES / bytes));
  }

  /** Pulses of a product. */
  long batches() {
    return ((long) examples.size() + batch - 1) / batch;
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
