package dev.rote.networks.nd4j;

import dev.rote.blueprint.Extent;
import dev.rote.blueprint.Window;
import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One value of each window, float32[N, C, H, W]. */
final class PoolLayer implements Layer {
  /** The native library's name of the largest value. */
  static final String MAXIMUM = "maxpool2d";

  private final String op;
  private final Window window;
  private final long[] inputShape;
  private final long[] outputShape;

  /**
   * @param op of the native library, such as {@code maxpool2d}
   */
  PoolLayer(String op, Extent input, Extent output, Window window) {
    this.op = op;
    this.window = window;
    this.inputShape = Layer.shape(input);
    this.outputShape = Layer.shape(output);
  }

  Window window() {
    return window;
  }

  /** Whether a window reaches beyond the border. */
  boolean padded() {
    return window.pad() > 0
        || reach(outputShape[1]) > inputShape[1]
        || reach(outputShape[2]) > inputShape[2];
  }

  private long reach(long windows) {
    return (windows - 1) * window.stride() + window.size();
  }

  @Override
  public long[] outputShape() {
    return outputShape.clone();
  }

  @Override
  public Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena) {
    Stage.Signal input = inputs.get(0);
    return new Pool(input, mode, arena);
  }

  @Override
  public Stage prepareDirection(DirectionOf of, Arena arena) {
    if (!op.equals(MAXIMUM)) {
      return prepare(of.dots(), Stage.Mode.INPUT_GRADIENT, arena);
    }
    Stage.Signal dot = of.dot();
    Stage.Signal output =
        Layer.fresh(dot.examples(), outputShape, Stage.Mode.INPUT_GRADIENT, arena);
    return new MaximumDirection(window, of.input().value(), dot, output);
  }

  private final class Pool implements Stage {
    private final Signal output;
    private final NativeCall forward;
    private final @Nullable NativeCall backward;

    Pool(Signal input, Mode mode, Arena arena) {
      INDArray x = input.value();
      this.output = Layer.fresh(input.examples(), outputShape, mode, arena);
      long[] arguments = NativeCall.slide(window, true);
      this.forward =
          NativeCall.of(op, new INDArray[] {x}, new INDArray[] {output.value()}, arguments);
      INDArray dx = input.gradient();
      INDArray dy = output.gradient();
      this.backward =
          dx == null || dy == null
              ? null
              : NativeCall.of(op + "_bp", new INDArray[] {x, dy}, new INDArray[] {dx}, arguments);
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
