package dev.rote.cuda;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/** {@code max(x, 0)} where it is part of no other layer; its derivative at 0 is 0. */
final class ReluLayer extends ElementwiseLayer {
  ReluLayer(Layout layout) {
    super(layout);
  }

  @Override
  public FloatPointer forward(Pass pass, List<FloatPointer> x) {
    int count = count(pass);
    pass.kernel("rectify").with(x.get(0)).with(count).with(output()).overElements(count);
    return output();
  }

  @Override
  public List<FloatPointer> backward(Pass pass, FloatPointer dy, boolean wanted) {
    int count = count(pass);
    pass.kernel("maskByOutput").with(dy).with(output()).with(count).with(count).overElements(count);
    return List.of(dy);
  }
}
