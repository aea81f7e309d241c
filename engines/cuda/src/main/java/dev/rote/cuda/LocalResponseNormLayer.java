package dev.rote.cuda;

import dev.rote.blueprint.LocalResponseNorm;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/** Division by the response of neighbouring channels. */
final class LocalResponseNormLayer implements Layer {
  private final LocalResponseNorm op;
  private final Layout layout;
  private FloatPointer input = new FloatPointer();
  private FloatPointer output = new FloatPointer();
  private FloatPointer divisors = new FloatPointer();
  private FloatPointer inputGradient = new FloatPointer();

  LocalResponseNormLayer(LocalResponseNorm op, Layout layout) {
    this.op = op;
    this.layout = layout;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public long bufferLength() {
    return 3L * layout.length();
  }

  @Override
  public void allocate(DeviceMemory memory, int capacity) {
    output = memory.floats((long) capacity * layout.length());
    divisors = memory.floats((long) capacity * layout.length());
    inputGradient = memory.floats((long) capacity * layout.length());
  }

  @Override
  public FloatPointer forward(Pass pass, List<FloatPointer> x) {
    input = x.get(0);
    int count = Math.multiplyExact(pass.n(), layout.length());
    pass.kernel("normalizeResponse")
        .with(input)
        .with(count)
        .with(layout.image().channels())
        .with(op.size() / 2)
        .with((float) op.alpha())
        .with((float) op.beta())
        .with((float) op.k())
        .with(divisors)
        .with(output)
        .overElements(count);
    return output;
  }

  @Override
  public List<FloatPointer> backward(Pass pass, FloatPointer dy, boolean wanted) {
    if (!wanted) {
      return List.of(dy);
    }
    int count = Math.multiplyExact(pass.n(), layout.length());
    pass.kernel("normalizeResponseGradient")
        .with(dy)
        .with(input)
        .with(divisors)
        .with(count)
        .with(layout.image().channels())
        .with(op.size() / 2)
        .with((float) op.alpha())
        .with((float) op.beta())
        .with(inputGradient)
        .overElements(count);
    return List.of(inputGradient);
  }
}
