package dev.rote.networks.nd4j;

import dev.rote.blueprint.Window;
import dev.rote.networks.StepSettings;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The convolution of a first layer while training, example by example as a matrix product with its
 * patches, {@code y_n[F, pixels] = w[F, C k k] patches_n[C k k, pixels]} and {@code dw = sum_n dy_n
 * patches_n^T}. Nobody asks for the gradient of its input, which oneDNN would compute, and few
 * channels leave most lanes of oneDNN's blocked layout empty.
 */
final class PatchConvolution implements Stage {
  private final Signal input;
  private final Signal output;
  private final Parameter weights;
  private final Window window;
  private final INDArray patches;
  private final INDArray weightsGradient;
  private final MatrixProduct[] forward;
  private final MatrixProduct[] backward;
  private final float[] images;
  private final float[] cut;

  PatchConvolution(Signal input, Signal output, Parameter weights, Window window, Arena arena) {
    this.input = input;
    this.output = output;
    this.weights = weights;
    this.window = window;
    INDArray y = output.value();
    INDArray dy = Objects.requireNonNull(output.gradient());
    int n = (int) input.examples();
    long filters = y.size(1);
    long pixels = y.size(2) * y.size(3);
    long taps = weights.value().length() / filters;
    this.patches = arena.zeros(taps, pixels);
    this.weightsGradient = arena.zeros(filters, taps);
    this.images = new float[(int) input.value().length()];
    this.cut = new float[(int) patches.length()];
    INDArray w = weights.value().reshape('c', filters, taps);
    this.forward = new MatrixProduct[n];
    this.backward = new MatrixProduct[n];
    for (int i = 0; i < n; i++) {
      INDArray value = y.slice(i).reshape('c', filters, pixels);
      INDArray gradient = dy.slice(i).reshape('c', filters, pixels);
      forward[i] = arena.product(w, false, patches, false, value);
      backward[i] = arena.product(gradient, false, patches, true, weightsGradient);
    }
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward(@Nullable StepSettings settings) {
    Arena.copyOut(input.value(), images, 0, images.length);
    for (int i = 0; i < forward.length; i++) {
      cut(i);
      forward[i].run();
    }
  }

  @Override
  public void backward(@Nullable StepSettings settings) {
    for (int i = 0; i < backward.length; i++) {
      cut(i);
      backward[i].run(1, i == 0 ? 0 : 1);
    }
    weights.update(
        weightsGradient.reshape(weights.value().shape()), Objects.requireNonNull(settings));
  }

  /** Lays the patches of an example out: row (channel, dy, dx), column pixel of the output. */
  private void cut(int example) {
    int channels = (int) input.value().size(1);
    int to = 0;
    for (int c = 0; c < channels; c++) {
      for (int tap = 0; tap < window.size() * window.size(); tap++) {
        to = shifted(example * channels + c, tap / window.size(), tap % window.size(), to);
      }
    }
    Arena.copyIn(cut, 0, cut.length, patches);
  }

  /** One row: a plane of the images, shifted by a tap of the window, zero beyond its border. */
  private int shifted(int plane, int tapY, int tapX, int start) {
    int height = (int) input.value().size(2);
    int width = (int) input.value().size(3);
    int rows = (int) output.value().size(2);
    int columns = (int) output.value().size(3);
    int border = window.border();
    int left = tapX - border;
    int first = Math.max(0, -left);
    int last = Math.min(columns, width - left);
    int to = start;
    for (int row = 0; row < rows; row++) {
      int y = row + tapY - border;
      if (y < 0 || y >= height) {
        Arrays.fill(cut, to, to + columns, 0);
      } else {
        Arrays.fill(cut, to, to + first, 0);
        int from = (plane * height + y) * width + left + first;
        System.arraycopy(images, from, cut, to + first, last - first);
        Arrays.fill(cut, to + last, to + columns, 0);
      }
      to += columns;
    }
    return to;
  }
}
