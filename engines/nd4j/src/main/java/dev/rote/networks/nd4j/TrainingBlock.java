package dev.rote.networks.nd4j;

import dev.rote.networks.StepSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The first block of a network while training: convolution, batch normalisation with the statistics
 * of the batch, ReLU and pool, where every pixel of the convolution is in one window of the pool.
 * Nobody asks for the gradient of its input.
 *
 * <p>The batch is cut into parts that are worked on side by side; sums over parts are taken in
 * their order, so that results do not depend on the number of threads.
 */
final class TrainingBlock implements Stage {
  private static final int PARTS = 4;
  private static final int LARGEST_PART = 16;

  private final Signal input;
  private final Signal output;
  private final Parameter weights;
  private final BatchNormStep norm;
  private final Arena arena;
  private final List<TrainingPart> parts = new ArrayList<>();
  private final INDArray weightsGradient;
  private final float[] images;
  private final int filters;

  TrainingBlock(ConvolutionBlock.Layers layers, Signal input, Mode mode, Arena arena) {
    this.input = input;
    this.arena = arena;
    this.weights = layers.convolution().weights();
    this.output = Layer.fresh(input.examples(), layers.pool().outputShape(), mode, arena);
    this.filters = (int) output.value().size(1);
    int n = (int) input.examples();
    int size = Math.max(1, Math.min(LARGEST_PART, (n + PARTS - 1) / PARTS));
    for (int from = 0; from < n; from += size) {
      parts.add(new TrainingPart(layers, output, from, Math.min(size, n - from), arena));
    }
    double values = parts.stream().mapToDouble(TrainingPart::valuesPerChannel).sum();
    this.norm = new BatchNormStep(layers.norm(), values, arena);
    this.weightsGradient = arena.zeros(weights.value().shape());
    this.images = new float[(int) input.value().length()];
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward(@Nullable StepSettings settings) {
    Arena.copyOut(input.value(), images, 0, images.length);
    arena.spread(parts.size(), (lane, part) -> parts.get(part).convolve(images));
    ChannelMoments moments = new ChannelMoments(filters);
    parts.forEach(part -> moments.add(part.moments()));
    norm.forward(moments.means(), moments.variances(), settings);
    arena.spread(parts.size(), (lane, part) -> parts.get(part).pool(norm));
  }

  @Override
  public void backward(@Nullable StepSettings settings) {
    arena.spread(parts.size(), (lane, part) -> parts.get(part).takeGradients(norm));
    double[] gradients = new double[filters];
    double[] timesCentered = new double[filters];
    for (TrainingPart part : parts) {
      for (int f = 0; f < filters; f++) {
        gradients[f] += part.gradientSums()[f];
        timesCentered[f] += part.centeredSums()[f];
      }
    }
    norm.backward(timesCentered, gradients, Objects.requireNonNull(settings));
    arena.spread(parts.size(), (lane, part) -> parts.get(part).backward(norm));
    float[] sum = new float[weights.length()];
    for (TrainingPart part : parts) {
      part.addWeightsGradient(sum);
    }
    Arena.copyIn(sum, 0, sum.length, weightsGradient);
    weights.update(weightsGradient, settings);
  }
}
