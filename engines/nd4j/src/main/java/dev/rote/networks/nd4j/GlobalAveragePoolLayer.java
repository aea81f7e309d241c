package dev.rote.networks.nd4j;

import dev.rote.blueprint.Extent;
import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Mean of each channel, by a product with 1 / pixels; the gradient by another. */
final class GlobalAveragePoolLayer implements Layer {
  private final int channels;
  private final int pixels;

  GlobalAveragePoolLayer(Extent image) {
    this.channels = image.channels();
    this.pixels = image.places();
  }

  @Override
  public long[] outputShape() {
    return new long[] {channels};
  }

  @Override
  public Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena) {
    Stage.Signal input = inputs.get(0);
    Stage.Signal output = Layer.fresh(input.examples(), outputShape(), mode, arena);
    INDArray share = arena.filled(1f / pixels, pixels, 1);
    long planes = input.examples() * channels;
    INDArray x = input.value().reshape('c', planes, pixels);
    INDArray dx = input.gradient();
    INDArray dy = output.gradient();
    return new Mean(
        output,
        arena.product(x, false, share, false, output.value().reshape('c', planes, 1)),
        dx == null || dy == null
            ? null
            : arena.product(
                dy.reshape('c', planes, 1), false, share, true, dx.reshape('c', planes, pixels)));
  }

  private record Mean(Signal output, MatrixProduct mean, @Nullable MatrixProduct spread)
      implements Stage {
    @Override
    public void forward(@Nullable StepSettings settings) {
      mean.run();
    }

    @Override
    public void backward(@Nullable StepSettings settings) {
      if (spread != null) {
        spread.run();
      }
    }
  }
}
