package dev.rote.networks.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** Matrices in the host's memory that live and are freed together. */
final class HostArena implements AutoCloseable {
  private final List<FloatPointer> blocks = new ArrayList<>();

  /** A new matrix of zeros. */
  HostMatrix zeros(int rows, int columns) {
    return new HostMatrix(zeros((long) rows * columns), rows, columns, columns, false);
  }

  /** New zeros. */
  FloatPointer zeros(long length) {
    FloatPointer block = new FloatPointer(Math.max(1, length));
    blocks.add(block);
    clear(block, length);
    return block;
  }

  /** Overwrites the first {@code length} values with zeros. */
  static void clear(FloatPointer values, long length) {
    Pointer.memset(values, 0, length * Float.BYTES);
  }

  @Override
  public void close() {
    blocks.forEach(FloatPointer::close);
    blocks.clear();
  }
}
