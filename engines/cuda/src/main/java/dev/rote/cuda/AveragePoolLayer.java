package dev.rote.cuda;

import dev.rote.blueprint.Window;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/** Mean of each window, padding left out. */
final class AveragePoolLayer implements Layer {
  private final Sliding sliding;
  private final Layout layout;
  private FloatPointer output = new FloatPointer();
  private FloatPointer inputGradient = new FloatPointer();

  AveragePoolLayer(Layout below, Window window) {
    this.sliding = Sliding.of(below.image(), window);
    this.layout =
        new Layout(
            new ImageShape(sliding.outHeight(), sliding.outWidth(), below.image().channels()),
            Layout.Kind.IMAGE);
  }

  private AveragePoolLayer(Sliding sliding) {
    this.sliding = sliding;
    this.layout = Layout.units(sliding.image().channels());
  }

  /** Mean of each channel, by one window that covers the image. */
  static AveragePoolLayer global(Layout below) {
    ImageShape image = below.image();
    Window all = new Window(Math.max(image.height(), image.width()), 1, false);
    return new AveragePoolLayer(new Sliding(image, all, 1, 1));
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public long bufferLength() {
    return (long) layout.length() + sliding.image().length();
  }

  @Override
  public void allocate(DeviceMemory memory, int capacity) {
    output = memory.floats((long) capacity * layout.length());
    inputGradient = memory.floats((long) capacity * sliding.image().length());
  }

  @Override
  public FloatPointer forward(Pass pass, List<FloatPointer> inputs) {
    sliding
        .geometry(pass.kernel("poolMean").with(inputs.get(0)))
        .with(output)
        .overRows(pass.n() * sliding.outHeight(), sliding.outWidth() * sliding.image().channels());
    return output;
  }

  @Override
  public List<FloatPointer> backward(Pass pass, FloatPointer dy, boolean wanted) {
    if (!wanted) {
      return List.of(dy);
    }
    ImageShape image = sliding.image();
    sliding
        .geometry(pass.kernel("poolMeanGradient").with(dy))
        .with(inputGradient)
        .overRows(pass.n() * image.height(), image.width() * image.channels());
    return List.of(inputGradient);
  }
}
