package dev.rote.cuda;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/** A function of each value by itself, and its gradient in place. */
final class ElementLayer implements Layer {
  private final String kernel;
  private final Layout layout;
  private FloatPointer input = new FloatPointer();
  private FloatPointer output = new FloatPointer();

  /**
   * @param kernel of the function; that of its gradient is {@code kernelGradient}
   */
  ElementLayer(String kernel, Layout layout) {
    this.kernel = kernel;
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
    input = x.get(0);
    int count = Math.multiplyExact(pass.n(), layout.length());
    pass.kernel(kernel).with(input).with(count).with(output).overElements(count);
    return output;
  }

  @Override
  public List<FloatPointer> backward(Pass pass, FloatPointer dy, boolean wanted) {
    if (wanted) {
      int count = Math.multiplyExact(pass.n(), layout.length());
      pass.kernel(kernel + "Gradient").with(input).with(count).with(dy).overElements(count);
    }
    return List.of(dy);
  }
}
