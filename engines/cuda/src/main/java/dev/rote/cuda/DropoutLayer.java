package dev.rote.cuda;

import dev.rote.networks.Noise;
import dev.rote.networks.StepSettings;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Inverted dropout, {@code y = x m / (1 - p)} while training, the identity otherwise. Masks are
 * drawn on the host, the same as on every engine.
 */
final class DropoutLayer implements Layer {
  private final String stream;
  private final double rate;
  private final int area;
  private final Layout layout;
  private final ImageShape shape;
  private FloatPointer host = new FloatPointer();
  private FloatPointer mask = new FloatPointer();
  private FloatPointer output = new FloatPointer();

  /**
   * @param area values that share a draw
   */
  DropoutLayer(String stream, double rate, int area, Layout layout) {
    this.stream = stream;
    this.rate = rate;
    this.area = area;
    this.layout = layout;
    this.shape = layout.drawn();
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public long bufferLength() {
    return 2L * shape.length();
  }

  @Override
  public void allocate(DeviceMemory memory, int capacity) {
    long length = (long) capacity * shape.length();
    BytePointer bytes = memory.host(length * Float.BYTES);
    host = new FloatPointer(bytes);
    mask = memory.floats(length);
    output = memory.floats(length);
  }

  @Override
  public void draw(Stream to, int n, StepSettings settings) {
    float[] values = new float[n * shape.length()];
    float[] draws = new float[values.length / area];
    Noise.dropout(settings, stream, rate, draws, draws.length);
    for (int i = 0; i < draws.length; i++) {
      Arrays.fill(values, i * area, (i + 1) * area, draws[i]);
    }
    host.put(values, 0, values.length);
    to.toCard(host, mask, (long) values.length * Float.BYTES);
  }

  @Override
  public FloatPointer forward(Pass pass, List<FloatPointer> inputs) {
    if (!pass.training()) {
      return inputs.get(0);
    }
    multiply(pass, inputs.get(0), output);
    return output;
  }

  @Override
  public List<FloatPointer> backward(Pass pass, FloatPointer dy, boolean wanted) {
    if (pass.training()) {
      multiply(pass, dy, dy);
    }
    return List.of(dy);
  }

  private void multiply(Pass pass, FloatPointer x, FloatPointer y) {
    int count = Math.multiplyExact(pass.n(), shape.length());
    pass.kernel("disturb")
        .with(x)
        .with((FloatPointer) null)
        .with(mask)
        .with(y)
        .with(count)
        .with(shape.channels())
        .with(shape.places())
        .overElements(count);
  }
}
