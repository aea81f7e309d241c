package dev.rote.spec.estimate;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.ParameterShape;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;

/**
 * The size of a network.
 *
 * @param trained trained values: weights, biases, scales and shifts
 * @param running statistics of batch normalisation, kept beside them
 * @param products multiplications of one forward pass of one example
 */
record NetworkCost(long trained, long running, long products) {
  /**
   * The network of a model.
   *
   * @param model valid for the shape, all defaults filled in
   * @param input shape of one example as it enters, pooled
   */
  static NetworkCost of(ModelSpec model, Shape input, long classes) {
    Blueprint blueprint = Blueprint.of(model, input, Math.toIntExact(classes));
    long all = blueprint.parameters().stream().mapToLong(ParameterShape::length).sum();
    /* A multiplication and an addition each. */
    long products = blueprint.forwardOperations() / 2;
    return new NetworkCost(blueprint.trainable(), all - blueprint.trainable(), products);
  }

  /**
   * Bytes of a checkpoint, but for its header of some hundred bytes.
   *
   * @param slots arrays that the optimiser keeps of each trained parameter
   */
  long checkpointBytes(int slots) {
    return Float.BYTES * (trained * (1 + slots) + running);
  }

  /** Operations of one example of a training step: forward, and twice that backward. */
  double operationsPerExample() {
    return 6.0 * products;
  }
}
