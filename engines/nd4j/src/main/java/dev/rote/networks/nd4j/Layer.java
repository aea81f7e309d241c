package dev.rote.networks.nd4j;

import dev.rote.blueprint.Extent;
import java.util.Arrays;
import java.util.List;

/** A node's op, or several in one pass, and their parameters. */
interface Layer {

  /** In the order of checkpoints. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /** Shape of one example after this layer. */
  long[] outputShape();

  /** Values of one example that its output takes in memory. */
  default long bufferLength() {
    return Arrays.stream(outputShape()).reduce(1, Math::multiplyExact);
  }

  /**
   * Whether threads should take chunks of examples of their own in inference, rather than share the
   * work on one.
   */
  default boolean sharesNoChunk() {
    return false;
  }

  /**
   * Prepares this layer for one batch size.
   *
   * @param inputs what the nodes before it put out, each for this layer alone
   * @param arena owner of new buffers
   */
  Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena);

  /**
   * Prepares this layer along a direction. Here that of a layer without parameters which is linear
   * in inference: it is itself.
   *
   * @param of its own pass, prepared for gradients by inputs
   */
  default Stage prepareDirection(DirectionOf of, Arena arena) {
    return prepare(of.dots(), Stage.Mode.INPUT_GRADIENT, arena);
  }

  /** Sizes of an extent. */
  static long[] shape(Extent extent) {
    return extent.sizes().stream().mapToLong(Integer::longValue).toArray();
  }

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
