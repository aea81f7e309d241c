package dev.rote.cuda;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/** The same values in the same places, read as units. */
record FlattenLayer(Layout layout) implements Layer {
  @Override
  public long bufferLength() {
    return 0;
  }

  @Override
  public void allocate(DeviceMemory memory, int capacity) {}

  @Override
  public FloatPointer forward(Pass pass, List<FloatPointer> x) {
    return x.get(0);
  }

  @Override
  public List<FloatPointer> backward(Pass pass, FloatPointer dy, boolean wanted) {
    return List.of(dy);
  }
}
