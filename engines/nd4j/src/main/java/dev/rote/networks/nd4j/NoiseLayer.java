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
final class NoiseLayer implements Layer {
  private final dev.rote.blueprint.Noise streams;
  private final long[] shape;

  NoiseLayer(dev.rote.blueprint.Noise streams, Extent extent) {
    this.streams = streams;
    this.shape = Layer.shape(extent);
  }

  @Override
  public long[] outputShape() {
    return shape.clone();
  }

  @Override
  public Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena) {
    Stage.Signal input = inputs.get(0);
    return mode == Stage.Mode.NOISY_TRAINING ? new Noisy(input, mode, arena) : new Identity(input);
  }

  /** Its output is its input. */
  record Identity(Signal output) implements Stage {
    @Override
    public void forward(@Nullable StepSettings settings) {}

    @Override
    public void backward(@Nullable StepSettings settings) {}
  }

  private final class Noisy implements Stage {
    private final Signal output;
    private final float[] draws;
    private final INDArray noise;
    private final INDArray mask;
    private final NativeCall addNoise;
    private final NativeCall multiplyMask;
    private final @Nullable NativeCall backward;
    private boolean noiseIsZero = true;
    private boolean maskIsOne = true;

    Noisy(Signal input, Mode mode, Arena arena) {
      long n = input.examples();
      this.output = Layer.fresh(n, shape, mode, arena);
      this.draws = new float[(int) output.value().length()];
      this.noise = arena.zeros(Layer.batch(n, shape));
      this.mask = arena.filled(1, Layer.batch(n, shape));
      INDArray y = output.value();
      this.addNoise = NativeCall.elementwise("add", input.value(), noise, y);
      this.multiplyMask = NativeCall.elementwise("multiply", y, mask, y);
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
        Arena.copyIn(draws, 0, draws.length, mask);
        maskIsOne = rate == 0;
      }
    }

    @Override
    public void backward(@Nullable StepSettings settings) {
      if (backward != null) {
        backward.run();
      }
    }
  }
}
