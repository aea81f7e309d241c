package dev.rote.networks.nd4j;

import dev.rote.blueprint.Extent;
import dev.rote.networks.Noise;
import dev.rote.networks.StepSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Inverted dropout, {@code y = x m / (1 - p)} while training, the identity otherwise. */
final class DropoutLayer extends SameShapeLayer {
  private final String stream;
  private final double rate;
  private final int area;

  /**
   * @param area values that share a draw
   */
  DropoutLayer(String stream, double rate, int area, Extent extent) {
    super(extent);
    this.stream = stream;
    this.rate = rate;
    this.area = area;
  }

  @Override
  public Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena) {
    Stage.Signal input = inputs.get(0);
    return mode.training()
        ? new Masked(input, fresh(input, mode, arena), arena)
        : new NoiseLayer.Identity(input);
  }

  private final class Masked extends MaskedStage {
    private final float[] draws;
    private final float[] values;
    private final NativeCall forward;

    Masked(Signal input, Signal output, Arena arena) {
      super(input, output, arena.zeros(output.value().shape()));
      this.values = new float[(int) mask().length()];
      this.draws = new float[values.length / area];
      this.forward = NativeCall.elementwise("multiply", input.value(), mask(), output.value());
    }

    @Override
    public void forward(@Nullable StepSettings settings) {
      Noise.dropout(Objects.requireNonNull(settings), stream, rate, draws, draws.length);
      for (int i = 0; i < draws.length; i++) {
        Arrays.fill(values, i * area, (i + 1) * area, draws[i]);
      }
      Arena.copyIn(values, 0, values.length, mask());
      forward.run();
    }
  }
}
