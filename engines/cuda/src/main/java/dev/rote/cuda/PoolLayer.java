package dev.rote.cuda;

import dev.rote.blueprint.Window;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;

/** Largest value in each window; the first of equal ones takes the gradient. */
final class PoolLayer implements Layer {
  private final Sliding sliding;
  private FloatPointer output = new FloatPointer();
  private FloatPointer inputGradient = new FloatPointer();
  private IntPointer chosen = new IntPointer();

  PoolLayer(Layout below, Window window) {
    this.sliding = Sliding.of(below.image(), window);
  }

  private ImageShape outputShape() {
    return new ImageShape(sliding.outHeight(), sliding.outWidth(), channels());
  }

  @Override
  public Layout layout() {
    return new Layout(outputShape(), Layout.Kind.IMAGE);
  }

  private int outputLength() {
    return outputShape().length();
  }

  @Override
  public long bufferLength() {
    return 2L * outputLength() + sliding.image().length();
  }

  @Override
  public void allocate(DeviceMemory memory, int capacity) {
    output = memory.floats((long) capacity * outputLength());
    chosen = memory.ints((long) capacity * outputLength());
    inputGradient = memory.floats((long) capacity * sliding.image().length());
  }

  @Override
  public FloatPointer forward(Pass pass, List<FloatPointer> inputs) {
    FloatPointer x = inputs.get(0);
    sliding
        .geometry(pass.kernel("poolLargest").with(x))
        .with(output)
        .with(chosen)
        .overRows(pass.n() * sliding.outHeight(), sliding.outWidth() * channels());
    return output;
  }

  @Override
  public List<FloatPointer> backward(Pass pass, FloatPointer dy, boolean wanted) {
    if (!wanted) {
      return List.of(dy);
    }
    sliding
        .geometry(pass.kernel("poolGradient").with(dy).with(chosen))
        .with(inputGradient)
        .overRows(pass.n() * sliding.image().height(), sliding.image().width() * channels());
    return List.of(inputGradient);
  }

  private int channels() {
    return sliding.image().channels();
  }
}
