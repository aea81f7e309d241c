package dev.rote.cli.adversarial;

import com.google.protobuf.ByteString;
import dev.rote.v1.Examples;
import dev.rote.v1.Shape;
import java.util.List;

/**
 * Examples to attack.
 *
 * @param shape of each
 * @param inputs float32 little-endian [n, channels, height, width], in [0, 1] for real pixels
 * @param labels one an example, or none when they are not known
 */
public record ExampleBlock(Shape shape, ByteString inputs, List<Integer> labels) {
  public ExampleBlock {
    labels = List.copyOf(labels);
  }

  /** Bytes of one example. */
  static int bytesPerExample(Shape shape) {
    return Math.multiplyExact(
        Float.BYTES,
        Math.multiplyExact(
            shape.getChannels(), Math.multiplyExact(shape.getHeight(), shape.getWidth())));
  }

  int count() {
    return inputs.size() / bytesPerExample(shape);
  }

  /** float32 little-endian [channels, height, width]. */
  ByteString input(int i) {
    int size = bytesPerExample(shape);
    return inputs.substring(i * size, (i + 1) * size);
  }

  /** Negative when not known. */
  int label(int i) {
    return i < labels.size() ? labels.get(i) : -1;
  }

  Examples message() {
    return Examples.newBuilder().setShape(shape).setInputs(inputs).setCount(count()).build();
  }
}
