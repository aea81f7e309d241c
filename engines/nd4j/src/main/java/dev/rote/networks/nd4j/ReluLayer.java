package dev.rote.networks.nd4j;

import dev.rote.blueprint.Extent;
import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code max(x, 0)}, in place where nobody else reads x; its derivative at 0 is 0. */
final class ReluLayer implements Layer {
  /* The native gradient is many times slower than its three arrays are copied, while they fit into caches. */
  private static final long MOST_ON_HEAP = 1 << 20;

  private final long[] shape;
  private final boolean inPlace;

  /**
   * @param inPlace whether nobody else reads the input
   */
  ReluLayer(Extent extent, boolean inPlace) {
    this.shape = Layer.shape(extent);
    this.inPlace = inPlace;
  }

  @Override
  public long[] outputShape() {
    return shape.clone();
  }

  @Override
  public Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena) {
    Stage.Signal input = inputs.get(0);
    return new Relu(input, inPlace ? input : Layer.fresh(input.examples(), shape, mode, arena));
  }

  @Override
  public Stage prepareDirection(DirectionOf of, Arena arena) {
    Stage.Signal dot = of.dot();
    Stage.Signal output = Layer.fresh(dot.examples(), shape, Stage.Mode.INPUT_GRADIENT, arena);
    return new Masked(of.output().value(), dot, output);
  }

  /** Derivatives pass where the output is above 0, in both ways. */
  private static final class Masked implements Stage {
    private final INDArray y;
    private final Signal dot;
    private final Signal output;
    private final int[] values;
    private final int[] masked;

    Masked(INDArray y, Signal dot, Signal output) {
      this.y = y;
      this.dot = dot;
      this.output = output;
      this.values = new int[(int) y.length()];
      this.masked = new int[values.length];
    }

    @Override
    public Signal output() {
      return output;
    }

    private void pass(INDArray from, INDArray to) {
      Arena.copyOut(y, values);
      Arena.copyOut(from, masked);
      Relu.keepWherePositive(values, masked);
      Arena.copyIn(masked, to);
    }

    @Override
    public void forward(@Nullable StepSettings settings) {
      pass(dot.value(), output.value());
    }

    @Override
    public void backward(@Nullable StepSettings settings) {
      pass(output.wanted(), dot.wanted());
    }
  }

  private static final class Relu implements Stage {
    private final Signal output;
    private final NativeCall forward;
    private final @Nullable Runnable backward;

    /** The output may be the input itself. */
    Relu(Signal input, Signal output) {
      this.output = output;
      INDArray x = input.value();
      INDArray y = output.value();
      INDArray dx = input.gradient();
      INDArray dy = output.gradient();
      double[] cutoff = {0};
      this.forward = NativeCall.of("relu", new INDArray[] {x}, new INDArray[] {y}, cutoff);
      this.backward = dx == null || dy == null ? null : gradient(y, dy, dx, cutoff);
    }

    private static Runnable gradient(INDArray y, INDArray dy, INDArray dx, double[] cutoff) {
      if (y.length() > MOST_ON_HEAP) {
        INDArray[] inputs = {y, dy};
        return NativeCall.of("relu_bp", inputs, new INDArray[] {dx}, cutoff)::run;
      }
      int length = (int) y.length();
      int[] values = new int[length];
      int[] gradients = new int[length];
      return () -> {
        Arena.copyOut(y, values);
        Arena.copyOut(dy, gradients);
        keepWherePositive(values, gradients);
        Arena.copyIn(gradients, dx);
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
      return output;
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
