package dev.rote.cuda;

import dev.rote.networks.StepSettings;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/** A node's op, or two in one pass, with the buffers of the last one. */
interface Layer {

  /** In the order of checkpoints. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /** How an example lies after this layer. */
  Layout layout();

  /** Floats that the buffers of one example take. */
  long bufferLength();

  /** Takes buffers for up to {@code capacity} examples. */
  void allocate(DeviceMemory memory, int capacity);

  /** Draws what the step needs, and sends it to the card; not part of a recording. */
  default void draw(Stream stream, int n, StepSettings settings) {}

  /**
   * The output of a batch.
   *
   * @param x of each input, [n, input] on the card, not changed before the backward call
   */
  FloatPointer forward(Pass pass, List<FloatPointer> x);

  /**
   * Takes a gradient back, and in a training step updates the parameters by it.
   *
   * @param dy the loss's gradient by the last output; may be overwritten
   * @param wanted whether the result is
   * @return the gradient by each of the last inputs, no two in one place; undefined if not wanted
   */
  List<FloatPointer> backward(Pass pass, FloatPointer dy, boolean wanted);
}
