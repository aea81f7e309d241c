package dev.rote.cuda;

import org.bytedeco.javacpp.FloatPointer;

/** The sum of the gradients by an output that several layers read, in the order they come in. */
final class Branches {
  private final int length;
  private FloatPointer sum = new FloatPointer();
  private boolean empty = true;

  /**
   * @param length values of one example
   */
  Branches(int length) {
    this.length = length;
  }

  long bufferLength() {
    return length;
  }

  void allocate(DeviceMemory memory, int capacity) {
    sum = memory.floats((long) capacity * length);
  }

  /** Begins a pass. */
  void clear() {
    empty = true;
  }

  /** Adds a gradient and returns the sum so far. */
  FloatPointer add(Pass pass, FloatPointer gradient) {
    int count = Math.multiplyExact(pass.n(), length);
    Launch launch = pass.kernel("sumOf").with(gradient);
    (empty ? launch.with(0L) : launch.with(sum)).with(count).with(sum).overElements(count);
    empty = false;
    return sum;
  }
}
