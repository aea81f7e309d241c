package dev.rote.networks.nd4j;

import dev.rote.blueprint.Extent;
import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The same values under another shape: a view, nothing is copied. */
final class FlattenLayer implements Layer {
  private final long[] shape;

  FlattenLayer(Extent extent) {
    this.shape = Layer.shape(extent);
  }

  @Override
  public long[] outputShape() {
    return shape.clone();
  }

  @Override
  public long bufferLength() {
    return 0;
  }

  @Override
  public Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena) {
    Stage.Signal input = inputs.get(0);
    INDArray gradient = input.gradient();
    long[] batch = Layer.batch(input.examples(), shape);
    return new View(
        new Stage.Signal(
            input.value().reshape('c', batch),
            gradient == null ? null : gradient.reshape('c', batch)));
  }

  private record View(Signal output) implements Stage {
    @Override
    public void forward(@Nullable StepSettings settings) {}

    @Override
    public void backward(@Nullable StepSettings settings) {}
  }
}
