package dev.rote.cuda;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/** {@code y = a + b}; the second input gets a copy of the gradient, which others may overwrite. */
final class AddLayer implements Layer {
  private final Layout layout;
  private FloatPointer output = new FloatPointer();
  private FloatPointer copy = new FloatPointer();

  /**
   * @throws IllegalArgumentException if the inputs lie otherwise than each other
   */
  AddLayer(Layout first, Layout second) {
    if (!first.equals(second)) {
      throw new IllegalArgumentException(
          "the engine cuda adds what lies alike: "
              + first
              + " and "
              + second
              + "; choose rote.engine=nd4j");
    }
    this.layout = first;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public long bufferLength() {
    return 2L * layout.length();
  }

  @Override
  public void allocate(DeviceMemory memory, int capacity) {
    output = memory.floats((long) capacity * layout.length());
    copy = memory.floats((long) capacity * layout.length());
  }

  @Override
  public FloatPointer forward(Pass pass, List<FloatPointer> x) {
    int count = Math.multiplyExact(pass.n(), layout.length());
    pass.kernel("sumOf").with(x.get(0)).with(x.get(1)).with(count).with(output).overElements(count);
    return output;
  }

  @Override
  public List<FloatPointer> backward(Pass pass, FloatPointer dy, boolean wanted) {
    int count = Math.multiplyExact(pass.n(), layout.length());
    pass.kernel("sumOf").with(dy).with(0L).with(count).with(copy).overElements(count);
    return List.of(dy, copy);
  }
}
