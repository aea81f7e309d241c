package dev.rote.networks.nd4j;

import dev.rote.blueprint.Extent;
import dev.rote.networks.Noise;
import dev.rote.networks.StepSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Inverted dropout, {@code y = x m / (1 - p)} while training, the identity otherwise. */
final class DropoutLayer implements Layer {
  private final String stream;
  private final double rate;
  private final int area;
  private final long[] shape;

  /**
   * @param area values that share a draw
   */
  DropoutLayer(String stream, double rate, int area, Extent extent) {
    this.stream = stream;
    this.rate = rate;
    this.area = area;
    this.shape = Layer.shape(extent);
  }

  @Override
  public long[] outputShape() {
    return shape.clone();
  }

  @Override
  public Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena) {
    Stage.Signal input = inputs.get(0);
    return mode.training() ? new Masked(input, mode, arena) : new NoiseLayer.Identity(input);
  }

  private final class Masked implements Stage {
    private final Signal output;
    private final float[] draws;
    private final float[] values;
    private final INDArray mask;
    private final NativeCall forward;
    private final @Nullable NativeCall backward;

    Masked(Signal input, Mode mode, Arena arena) {
      this.output = Layer.fresh(input.examples(), shape, mode, arena);
      this.mask = arena.zeros(output.value().shape());
      this.values = new float[(int) mask.length()];
      this.draws = new float[values.length / area];
      this.forward = NativeCall.elementwise("multiply", input.value(), mask, output.value());
      INDArray dx = input.gradient();
      this.backward =
          dx == null
              ? null
              : NativeCall.elementwise(
                  "multiply", Objects.requireNonNull(output.gradient()), mask, dx);
    }

    @Override
    public Signal output() {
      return output;
    }

    @Override
    public void forward(@Nullable StepSettings settings) {
      Noise.dropout(Objects.requireNonNull(settings), stream, rate, draws, draws.length);
      for (int i = 0; i < draws.length; i++) {
        Arrays.fill(values, i * area, (i + 1) * area, draws[i]);
      }
      Arena.copyIn(values, 0, values.length, mask);
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
