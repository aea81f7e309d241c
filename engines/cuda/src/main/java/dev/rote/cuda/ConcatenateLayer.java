package dev.rote.cuda;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/** Inputs one after the other, pixel by pixel: channels come last. */
final class ConcatenateLayer implements Layer {
  private final List<Layout> below;
  private final Layout layout;
  private FloatPointer output = new FloatPointer();
  private List<FloatPointer> gradients = List.of();

  /**
   * @param node by name
   * @param below how its inputs lie on the card
   * @throws IllegalArgumentException if one lies otherwise than its values are joined
   */
  ConcatenateLayer(String node, List<Layout> below) {
    this.below = List.copyOf(below);
    ImageShape first = below.get(0).image();
    int channels = 0;
    for (Layout each : below) {
      each.computed("concatenate");
      if (each.kind() == Layout.Kind.UNITS && each.image().places() > 1) {
        throw new IllegalArgumentException(
            "the engine cuda does not concatenate flattened images, as node "
                + node
                + " does: concatenate them before they are flattened, or choose rote.engine=nd4j");
      }
      channels += each.image().channels();
    }
    this.layout =
        new Layout(new ImageShape(first.height(), first.width(), channels), below.get(0).kind());
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
    gradients = below.stream().map(each -> memory.floats((long) capacity * each.length())).toList();
  }

  @Override
  public FloatPointer forward(Pass pass, List<FloatPointer> x) {
    int at = 0;
    for (int k = 0; k < x.size(); k++) {
      int channels = below.get(k).image().channels();
      copy(pass, x.get(k), channels, 0, output, layout.image().channels(), at, channels);
      at += channels;
    }
    return output;
  }

  @Override
  public List<FloatPointer> backward(Pass pass, FloatPointer dy, boolean wanted) {
    int at = 0;
    for (int k = 0; wanted && k < below.size(); k++) {
      int channels = below.get(k).image().channels();
      copy(pass, dy, layout.image().channels(), at, gradients.get(k), channels, 0, channels);
      at += channels;
    }
    return new ArrayList<>(gradients);
  }

  /** Copies channels of each pixel. */
  private void copy(
      Pass pass,
      FloatPointer from,
      int fromChannels,
      int fromFirst,
      FloatPointer to,
      int toChannels,
      int toFirst,
      int channels) {
    int count = Math.multiplyExact(pass.n(), layout.image().places() * channels);
    pass.kernel("copyColumns")
        .with(from)
        .with(fromChannels)
        .with(fromFirst)
        .with(to)
        .with(toChannels)
        .with(toFirst)
        .with(channels)
        .with(count)
        .overElements(count);
  }
}
