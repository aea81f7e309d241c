package dev.rote.cuda;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/** {@code max(x, 0)} where it is part of no other layer; its derivative at 0 is 0. */
final class ReluLayer implements Layer {
  private final Layout layout;
  private FloatPointer output = new FloatPointer();

  ReluLayer(Layout layout) {
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

  @Override
  public FloatPointer forward(Pass pass, List<FloatPointer> x) {
    int count = Math.multiplyExact(pass.n(), layout.length());
    pass.kernel("rectify").with(x.get(0)).with(count).with(output).overElements(count);
    return output;
  }

  @Override
  public List<FloatPointer> backward(Pass pass, FloatPointer dy, boolean wanted) {
    int count = Math.multiplyExact(pass.n(), layout.length());
    pass.kernel("maskByOutput").with(dy).with(output).with(count).with(count).overElements(count);
    return List.of(dy);
  }
}
