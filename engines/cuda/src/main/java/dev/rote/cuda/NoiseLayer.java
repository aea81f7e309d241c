package dev.rote.cuda;

import dev.rote.networks.Noise;
import dev.rote.networks.StepSettings;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Hidden noise, then inverted dropout: {@code (x + sigma e) m / (1 - p)} while training, the
 * identity otherwise. Draws are made on the host, the same as on every engine.
 */
final class NoiseLayer implements Layer {
  private final dev.rote.blueprint.Noise streams;
  private final Layout layout;
  private final ImageShape shape;
  private DeviceMemory memory = new DeviceMemory();
  private int capacity;
  private @Nullable Draws noise;
  private @Nullable Draws mask;
  private FloatPointer output = new FloatPointer();

  /** Numbers of a step, on the host and on the card. */
  private record Draws(FloatPointer host, FloatPointer card) {
    void send(Stream stream, float[] values, int length) {
      host.put(values, 0, length);
      stream.toCard(host, card, (long) length * Float.BYTES);
    }
  }

  NoiseLayer(dev.rote.blueprint.Noise streams, Layout layout) {
    this.streams = streams;
    this.layout = layout;
    this.shape = layout.drawn();
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public long bufferLength() {
    return 0;
  }

  /** Nothing yet: buffers are taken when a step first has noise. */
  @Override
  public void allocate(DeviceMemory buffers, int examples) {
    memory = buffers;
    capacity = examples;
    noise = null;
    mask = null;
  }

  private Draws take() {
    long length = (long) capacity * shape.length();
    BytePointer host = memory.host(length * Float.BYTES);
    return new Draws(new FloatPointer(host), memory.floats(length));
  }

  @Override
  public void draw(Stream stream, int n, StepSettings settings) {
    double sigma = settings.regularization().getHiddenNoise();
    double rate = settings.regularization().getDropout();
    int length = n * shape.length();
    if ((sigma != 0 || rate != 0) && noise == null && mask == null) {
      output = memory.floats((long) capacity * shape.length());
    }
    float[] values = new float[sigma != 0 || rate != 0 ? length : 0];
    if (sigma != 0) {
      noise = noise == null ? take() : noise;
      Noise.gaussian(settings, streams.noiseStream(), sigma, values, length);
      noise.send(stream, values, length);
    }
    if (rate != 0) {
      mask = mask == null ? take() : mask;
      Noise.dropout(settings, streams.dropoutStream(), rate, values, length);
      mask.send(stream, values, length);
    }
  }

  @Override
  public FloatPointer forward(Pass pass, List<FloatPointer> inputs) {
    FloatPointer x = inputs.get(0);
    if (!pass.kind().noise() && !pass.kind().dropout()) {
      return x;
    }
    disturb(pass, x, pass.kind().noise() ? card(noise) : null, output);
    return output;
  }

  @Override
  public List<FloatPointer> backward(Pass pass, FloatPointer dy, boolean wanted) {
    if (pass.kind().dropout()) {
      disturb(pass, dy, null, dy);
    }
    return List.of(dy);
  }

  private void disturb(Pass pass, FloatPointer x, @Nullable FloatPointer added, FloatPointer y) {
    int count = Math.multiplyExact(pass.n(), shape.length());
    pass.kernel("disturb")
        .with(x)
        .with(added)
        .with(pass.kind().dropout() ? card(mask) : null)
        .with(y)
        .with(count)
        .with(shape.channels())
        .with(shape.places())
        .overElements(count);
  }

  private static FloatPointer card(@Nullable Draws draws) {
    if (draws == null) {
      throw new IllegalStateException("noise is added before it is drawn");
    }
    return draws.card;
  }
}
