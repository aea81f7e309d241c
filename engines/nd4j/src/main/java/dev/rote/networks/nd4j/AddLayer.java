package dev.rote.networks.nd4j;

import dev.rote.blueprint.Extent;
import dev.rote.networks.StepSettings;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code y = a + b}; both inputs get the gradient of the output. */
final class AddLayer implements Layer {
  private final long[] shape;

  AddLayer(Extent extent) {
    this.shape = Layer.shape(extent);
  }

  @Override
  public long[] outputShape() {
    return shape.clone();
  }

  @Override
  public Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena) {
    Stage.Signal output = Layer.fresh(inputs.get(0).examples(), shape, mode, arena);
    return new Sum(
        inputs,
        output,
        NativeCall.elementwise(
            "add", inputs.get(0).value(), inputs.get(1).value(), output.value()));
  }

  private record Sum(List<Signal> inputs, Signal output, NativeCall add) implements Stage {
    @Override
    public void forward(@Nullable StepSettings settings) {
      add.run();
    }

    @Override
    public void backward(@Nullable StepSettings settings) {
      for (Signal input : inputs) {
        INDArray dx = input.gradient();
        if (dx != null) {
          dx.assign(Objects.requireNonNull(output.gradient()));
        }
      }
    }
  }
}
