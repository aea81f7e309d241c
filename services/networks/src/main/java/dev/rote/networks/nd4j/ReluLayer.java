package dev.rote.networks.nd4j;

import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code max(x, 0)}, in place; its derivative at 0 is 0. */
final class ReluLayer implements Layer {
  private final long[] shape;

  ReluLayer(long[] shape) {
    this.shape = shape.clone();
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public long[] outputShape() {
    return shape.clone();
  }

  @Override
  public Stage prepare(Stage.Signal input, Stage.Mode mode, Arena arena) {
    return new Relu(input);
  }

  private static final class Relu implements Stage {
    private final Signal signal;
    private final NativeCall forward;
    private final @Nullable NativeCall backward;

    Relu(Signal signal) {
      this.signal = signal;
      INDArray y = signal.value();
      INDArray dy = signal.gradient();
      double[] cutoff = {0};
      this.forward = NativeCall.of("relu", new INDArray[] {y}, new INDArray[] {y}, cutoff);
      this.backward =
          dy == null
              ? null
              : NativeCall.of("relu_bp", new INDArray[] {y, dy}, new INDArray[] {dy}, cutoff);
    }

    @Override
    public Signal output() {
      return signal;
    }

    @Override
    public void forward(@Nullable StepSettings settings) {
      forward.run();
    }

    @Override
    public void backward(@Nullable StepSettings settings) {
      if (backward != null) {
        backward.run();
      }
    }
  }
}
