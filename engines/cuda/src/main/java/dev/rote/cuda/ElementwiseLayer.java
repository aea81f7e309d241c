package dev.rote.cuda;

import org.bytedeco.javacpp.FloatPointer;

/** A layer of one input each value of whose output depends on one value. */
abstract class ElementwiseLayer implements Layer {
  private final Layout layout;
  private FloatPointer output = new FloatPointer();

  ElementwiseLayer(Layout layout) {
    this.layout = layout;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public long bufferLength() {
    return layout.length();
  }

  @Override
  public void allocate(DeviceMemory memory, int capacity) {
    output = memory.floats((long) capacity * layout.length());
  }

  FloatPointer output() {
    return output;
  }

  /** Values of a batch. */
  int count(Pass pass) {
    return Math.multiplyExact(pass.n(), layout.length());
  }
}
