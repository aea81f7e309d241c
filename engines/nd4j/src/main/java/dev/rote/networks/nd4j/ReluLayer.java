package dev.rote.networks.nd4j;

import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code max(x, 0)}, in place; its derivative at 0 is 0. */
final class ReluLayer implements Layer {
  /* The native gradient is many times slower than its three arrays are copied, while they fit into caches. */
  private static final long MOST_ON_HEAP = 1 << 20;

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
    private final @Nullable Runnable backward;

    Relu(Signal signal) {
      this.signal = signal;
      INDArray y = signal.value();
      INDArray dy = signal.gradient();
      double[] cutoff = {0};
      this.forward = NativeCall.of("relu", new INDArray[] {y}, new INDArray[] {y}, cutoff);
      this.backward = dy == null ? null : gradient(y, dy, cutoff);
    }

    private static Runnable gradient(INDArray y, INDArray dy, double[] cutoff) {
      if (y.length() > MOST_ON_HEAP) {
        INDArray[] inputs = {y, dy};
        return NativeCall.of("relu_bp", inputs, new INDArray[] {dy}, cutoff)::run;
      }
      int length = (int) y.length();
      int[] values = new int[length];
      int[] gradients = new int[length];
      return () -> {
        Arena.copyOut(y, values);
        Arena.copyOut(dy, gradients);
        keepWherePositive(values, gradients);
        Arena.copyIn(gradients, dy);
      };
    }

    /* On the bits, without a branch: those of a float above 0 are an int above 0, those of 0 are 0. */
    private static void keepWherePositive(int[] values, int[] gradients) {
      for (int i = 0; i < gradients.length; i++) {
        gradients[i] &= -values[i] >> 31;
      }
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
