package dev.rote.networks.nd4j;

import dev.rote.networks.StepSettings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution example by example, and in groups, as matrix products with patches: {@code y_n[F,
 * pixels] = w[F, C k k] patches_n[C k k, pixels]}, {@code dw = sum_n dy_n patches_n^T} and {@code
 * dpatches_n = w^T dy_n}.
 *
 * <p>For a first layer while training, nobody asks for the gradient of its input, which oneDNN
 * would compute, and few channels leave most lanes of oneDNN's blocked layout empty.
 */
final class PatchConvolution implements Stage, ExampleNorms {
  private final Signal input;
  private final Signal output;
  private final Parameter weights;
  private final ImagePatches patches;
  private final INDArray cut;
  private final @Nullable INDArray weightsGradient;
  private final MatrixProduct[][] forward;
  private final MatrixProduct[][] backward;
  private final MatrixProduct[][] below;
  private final @Nullable PatchBiases biases;
  private final @Nullable PatchNorms norms;

  PatchConvolution(Signal input, Signal output, ConvolutionLayer layer, Mode mode, Arena arena) {
    this.input = input;
    this.output = output;
    this.weights = layer.weights();
    this.patches = new ImagePatches(input.value(), output.value(), layer.window());
    int n = (int) input.examples();
    int groups = layer.groups();
    INDArray dy = output.gradient();
    this.cut = arena.zeros(patches.taps(), patches.pixels());
    this.weightsGradient = dy == null ? null : arena.zeros(weights.value().shape());
    this.forward = new MatrixProduct[n][groups];
    this.backward = new MatrixProduct[dy == null ? 0 : n][groups];
    this.below = new MatrixProduct[dy == null || input.gradient() == null ? 0 : n][groups];
    Parameter shared = layer.biases();
    this.biases = shared == null ? null : new PatchBiases(shared, output, patches.pixels(), arena);
    this.norms = mode == Mode.EXAMPLE_NORMS ? new PatchNorms(input, output, layer, arena) : null;
    for (int g = 0; g < groups; g++) {
      INDArray w = rows(weights.value(), groups, g);
      INDArray patch = rows(cut, groups, g);
      INDArray dw = weightsGradient == null ? w : rows(weightsGradient, groups, g);
      for (int i = 0; i < n; i++) {
        forward[i][g] = arena.product(w, false, patch, false, rows(output.value(), i, groups, g));
        if (i < backward.length && dy != null) {
          backward[i][g] = arena.product(rows(dy, i, groups, g), false, patch, true, dw);
        }
        if (i < below.length && dy != null) {
          below[i][g] = arena.product(w, true, rows(dy, i, groups, g), false, patch);
        }
      }
    }
  }

  /** A group's part of an array whose first axis is cut into groups, as a matrix. */
  static INDArray rows(INDArray of, int groups, int group) {
    long perGroup = of.size(0) / groups;
    return of.reshape('c', groups, perGroup, of.length() / of.size(0)).slice(group);
  }

  /** The same of an example of a batch. */
  private static INDArray rows(INDArray batch, int example, int groups, int group) {
    return rows(batch.slice(example), groups, group);
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward(@Nullable StepSettings settings) {
    patches.load(input.value());
    for (int i = 0; i < forward.length; i++) {
      patches.cut(i, cut);
      if (biases != null) {
        biases.begin(i);
      }
      for (MatrixProduct product : forward[i]) {
        product.run(1, biases == null ? 0 : 1);
      }
    }
  }

  @Override
  public void addNorms(double[] squares, int offset, int n) {
    Objects.requireNonNull(norms).addNorms(squares, offset, n);
  }

  @Override
  public void backward(@Nullable StepSettings settings) {
    for (int i = 0; settings != null && i < backward.length; i++) {
      patches.cut(i, cut);
      for (MatrixProduct product : backward[i]) {
        product.run(1, i == 0 ? 0 : 1);
      }
    }
    patches.clear();
    for (int i = 0; i < below.length; i++) {
      for (MatrixProduct product : below[i]) {
        product.run();
      }
      patches.add(i, cut);
    }
    INDArray dx = input.gradient();
    if (dx != null && below.length > 0) {
      patches.store(dx);
    }
    if (settings != null && weightsGradient != null) {
      weights.update(weightsGradient, settings);
    }
    if (settings != null && biases != null) {
      biases.update(settings);
    }
  }
}
