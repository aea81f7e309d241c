package dev.rote.networks.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Norms of a convolution's gradients, example by example: with the patches X [C k k, pixels] of an
 * example and the gradient D [F, pixels] of its output, {@code dw = D Xᵀ}, and
 *
 * <p>{@code ‖dw‖² = Σ_pq (XᵀX)_pq (DᵀD)_pq}.
 *
 * <p>Which side is computed, group by group, is decided by what costs fewer multiplications: the
 * right one where the image is small and the kernels are many.
 */
final class PatchNorms {
  private final Stage.Signal input;
  private final Stage.Signal output;
  private final ImagePatches patches;
  private final boolean biases;
  private final int filters;
  private final INDArray cut;
  private final INDArray errors;
  private final float[] allErrors;
  private final float[] ownErrors;
  private final List<Group> groups = new ArrayList<>();

  /**
   * @param output with a gradient
   */
  PatchNorms(Stage.Signal input, Stage.Signal output, ConvolutionLayer layer, Arena arena) {
    this.input = input;
    this.output = output;
    this.patches = new ImagePatches(input.value(), output.value(), layer.window());
    this.biases = layer.biases() != null;
    this.filters = (int) layer.outputShape()[0];
    int pixels = patches.pixels();
    this.cut = arena.zeros(patches.taps(), pixels);
    this.errors = arena.zeros(filters, pixels);
    this.allErrors = new float[(int) output.value().length()];
    this.ownErrors = new float[filters * pixels];
    double taps = (double) patches.taps() / layer.groups();
    double kernels = (double) filters / layer.groups();
    boolean byPixels = pixels * (taps + kernels) < taps * kernels;
    for (int g = 0; g < layer.groups(); g++) {
      INDArray x = PatchConvolution.rows(cut, layer.groups(), g);
      INDArray d = PatchConvolution.rows(errors, layer.groups(), g);
      groups.add(byPixels ? new ByPixels(x, d, arena) : new ByKernels(x, d, arena));
    }
  }

  /** What one group of filters adds, once patches and errors of an example are there. */
  private interface Group {
    double square();
  }

  private static final class ByKernels implements Group {
    private final INDArray gradient;
    private final MatrixProduct product;
    private final float[] values;

    ByKernels(INDArray x, INDArray d, Arena arena) {
      this.gradient = arena.zeros(d.rows(), x.rows());
      this.product = arena.product(d, false, x, true, gradient);
      this.values = new float[(int) gradient.length()];
    }

    @Override
    public double square() {
      product.run();
      Arena.copyOut(gradient, values, 0, values.length);
      return ExampleNorms.squares(values, 0, values.length);
    }
  }

  private static final class ByPixels implements Group {
    private final INDArray[] squares;
    private final MatrixProduct[] products;
    private final float[][] values;

    ByPixels(INDArray x, INDArray d, Arena arena) {
      int pixels = x.columns();
      this.squares = new INDArray[] {arena.zeros(pixels, pixels), arena.zeros(pixels, pixels)};
      this.products =
          new MatrixProduct[] {
            arena.product(x, true, x, false, squares[0]),
            arena.product(d, true, d, false, squares[1])
          };
      this.values = new float[2][pixels * pixels];
    }

    @Override
    public double square() {
      for (int k = 0; k < products.length; k++) {
        products[k].run();
        Arena.copyOut(squares[k], values[k], 0, values[k].length);
      }
      double sum = 0;
      for (int i = 0; i < values[0].length; i++) {
        sum += (double) values[0][i] * values[1][i];
      }
      /* Rounding must not make a square negative. */
      return Math.max(0, sum);
    }
  }

  /** See {@link ExampleNorms#addNorms}. */
  void addNorms(double[] squares, int offset, int n) {
    patches.load(input.value());
    Arena.copyOut(output.wanted(), allErrors, 0, n * ownErrors.length);
    for (int i = 0; i < n; i++) {
      System.arraycopy(allErrors, i * ownErrors.length, ownErrors, 0, ownErrors.length);
      Arena.copyIn(ownErrors, 0, ownErrors.length, errors);
      patches.cut(i, cut);
      for (Group group : groups) {
        squares[offset + i] += group.square();
      }
      if (biases) {
        squares[offset + i] += ofBiases();
      }
    }
  }

  private double ofBiases() {
    double square = 0;
    for (int f = 0; f < filters; f++) {
      double sum = 0;
      for (int p = f * patches.pixels(); p < (f + 1) * patches.pixels(); p++) {
        sum += ownErrors[p];
      }
      square += sum * sum;
    }
    return square;
  }
}
