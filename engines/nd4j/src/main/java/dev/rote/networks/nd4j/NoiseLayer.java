package dev.rote.networks.nd4j;

import dev.rote.blueprint.Extent;
import dev.rote.networks.Noise;
import dev.rote.networks.StepSettings;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Hidden noise, then inverted dropout: {@code (x + sigma e) m / (1 - p)} while training, the
 * identity otherwise.
 */
final class NoiseLayer extends SameShapeLayer {
  private final dev.rote.blueprint.Noise streams;

  NoiseLayer(dev.rote.blueprint.Noise streams, Extent extent) {
    super(extent);
    this.streams = streams;
  }

  @Override
  public Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena) {
    Stage.Signal input = inputs.get(0);
    return mode == Stage.Mode.NOISY_TRAINING
        ? new Noisy(input, fresh(input, mode, arena), arena)
        : new Identity(input);
  }

  /** Its output is its input. */
  record Identity(Signal output) implements Stage {
    @Override
    public void forward(@Nullable StepSettings settings) {}

    @Override
    public void backward(@Nullable StepSettings settings) {}
  }

  private final class Noisy extends MaskedStage {
    private final float[] draws;
    private final INDArray noise;
    private final NativeCall addNoise;
    private final NativeCall multiplyMask;
    private boolean noiseIsZero = true;
    private boolean maskIsOne = true;

    Noisy(Signal input, Signal output, Arena arena) {
      super(input, output, arena.filled(1, output.value().shape()));
      INDArray y = output.value();
      this.draws = new float[(int) y.length()];
      this.noise = arena.zeros(y.shape());
      this.addNoise = NativeCall.elementwise("add", input.value(), noise, y);
      this.multiplyMask = NativeCall.elementwise("multiply", y, mask(), y);
    }

    @Override
    public void forward(@Nullable StepSettings settings) {
      draw(Objects.requireNonNull(settings));
      addNoise.run();
      multiplyMask.run();
    }

    private void draw(StepSettings settings) {
      double sigma = settings.regularization().getHiddenNoise();
      double rate = settings.regularization().getDropout();
      if (sigma != 0 || !noiseIsZero) {
        Noise.gaussian(settings, streams.noiseStream(), sigma, draws, draws.length);
        Arena.copyIn(draws, 0, draws.length, noise);
        noiseIsZero = sigma == 0;
      }
      if (rate != 0 || !maskIsOne) {
        Noise.dropout(settings, streams.dropoutStream(), rate, draws, draws.length);
        Arena.copyIn(draws, 0, draws.length, mask());
        maskIsOne = rate == 0;
      }
    }
  }
}
