package dev.rote.cuda;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/** A function of each value by itself, and its gradient in place. */
final class ElementLayer extends ElementwiseLayer {
  private final String kernel;
  private FloatPointer input = new FloatPointer();

  /**
   * @param kernel of the function; that of its gradient is {@code kernelGradient}
   */
  ElementLayer(String kernel, Layout layout) {
    super(layout);
    this.kernel = kernel;
  }

  @Override
  public FloatPointer forward(Pass pass, List<FloatPointer> x) {
    input = x.get(0);
    int count = count(pass);
    pass.kernel(kernel).with(input).with(count).with(output()).overElements(count);
    return output();
  }

  @Override
  public List<FloatPointer> backward(Pass pass, FloatPointer dy, boolean wanted) {
    if (wanted) {
      int count = count(pass);
      pass.kernel(kernel + "Gradient").with(input).with(count).with(dy).overElements(count);
    }
    return List.of(dy);
  }
}
