package dev.rote.networks.nd4j;

import java.util.List;

/** A step of the forward pass and its parameters. */
interface Layer {

  List<Parameter> parameters();

  /** Shape of one example after this layer. */
  long[] outputShape();

  /**
   * Prepares this layer for one batch size.
   *
   * @param input what the layer before puts out
   * @param arena owner of new buffers
   */
  Stage prepare(Stage.Signal input, Stage.Mode mode, Arena arena);

  /** {@code [n, shape…]} */
  static long[] batch(long n, long... shape) {
    long[] batch = new long[shape.length + 1];
    batch[0] = n;
    System.arraycopy(shape, 0, batch, 1, shape.length);
    return batch;
  }

  /** A fresh output of a stage, with a gradient buffer unless in pure inference. */
  static Stage.Signal fresh(long n, long[] shape, Stage.Mode mode, Arena arena) {
    return new Stage.Signal(
        arena.zeros(batch(n, shape)),
        mode == Stage.Mode.INFERENCE ? null : arena.zeros(batch(n, shape)));
  }
}
