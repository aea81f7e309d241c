package dev.rote.networks.nd4j;

import dev.rote.blueprint.Extent;
import dev.rote.blueprint.LocalResponseNorm;
import dev.rote.networks.StepSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code y_i = x_i / s_i^beta}, {@code s_i = k + alpha Σ_j x_j²} over neighbouring channels j, on
 * the heap, plane by plane. With {@code q_i = dy_i x_i s_i^(-beta-1)}: {@code dx_m = dy_m s_m^-beta
 * - 2 alpha beta x_m Σ_i q_i}.
 */
final class LocalResponseNormLayer extends SameShapeLayer {
  private static final double THREE_QUARTERS = 0.75;

  private final LocalResponseNorm op;
  private final int channels;
  private final int area;

  LocalResponseNormLayer(LocalResponseNorm op, Extent image) {
    super(image);
    this.op = op;
    this.channels = image.channels();
    this.area = image.places();
  }

  @Override
  public Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena) {
    return new Normal(inputs.get(0), mode, arena);
  }

  @Override
  public Stage prepareDirection(DirectionOf of, Arena arena) {
    return new LocalResponseDirection(op, this, of, freshDot(of, arena));
  }

  /** Writes s and {@code s^-beta} of x. */
  void divide(float[] x, float[] work, float[] divisors, float[] powers) {
    product(x, x, work);
    neighbours(work, divisors);
    affine(divisors, (float) op.alpha(), (float) op.k());
    power(divisors, powers);
  }

  private final class Normal implements Stage {
    private final Signal input;
    private final Signal output;
    private final float[] x;
    private final float[] divisors;
    private final float[] powers;
    private final float[] gradients;
    private final float[] work;

    Normal(Signal input, Mode mode, Arena arena) {
      this.input = input;
      this.output = fresh(input, mode, arena);
      this.x = new float[(int) input.value().length()];
      this.divisors = new float[x.length];
      this.powers = new float[x.length];
      this.work = new float[x.length];
      this.gradients = new float[input.gradient() == null ? 0 : x.length];
    }

    @Override
    public Signal output() {
      return output;
    }

    @Override
    public void forward(@Nullable StepSettings settings) {
      Arena.copyOut(input.value(), x, 0, x.length);
      divide(x, work, divisors, powers);
      product(x, powers, work);
      Arena.copyIn(work, 0, work.length, output.value());
    }

    @Override
    public void backward(@Nullable StepSettings settings) {
      INDArray dx = input.gradient();
      if (dx == null) {
        return;
      }
      Arena.copyOut(Objects.requireNonNull(output.gradient()), gradients, 0, gradients.length);
      product(gradients, powers, gradients);
      pulls(gradients, x, divisors, work);
      neighbours(work, divisors);
      subtract(gradients, (float) (2 * op.alpha() * op.beta()), x, divisors);
      Arena.copyIn(gradients, 0, gradients.length, dx);
    }
  }

  /** Sums of values over the neighbours of each, in the order of channels. */
  void neighbours(float[] values, float[] sums) {
    Arrays.fill(sums, 0);
    int reach = op.size() / 2;
    for (int plane = 0; plane < values.length / area; plane++) {
      int channel = plane % channels;
      int first = plane - Math.min(reach, channel);
      int last = plane + Math.min(reach, channels - 1 - channel);
      for (int other = first; other <= last; other++) {
        add(values, other * area, sums, plane * area, area);
      }
    }
  }

  private static void add(float[] from, int at, float[] to, int start, int length) {
    for (int i = 0; i < length; i++) {
      to[start + i] += from[at + i];
    }
  }

  /** {@code s^-beta}; that of the paper by roots, which vectors have. */
  private void power(float[] s, float[] out) {
    if (op.beta() == THREE_QUARTERS) {
      roots(s, out);
      return;
    }
    for (int i = 0; i < s.length; i++) {
      out[i] = (float) StrictMath.pow(s[i], -op.beta());
    }
  }

  private static void roots(float[] s, float[] out) {
    for (int i = 0; i < s.length; i++) {
      float root = (float) Math.sqrt(s[i]);
      out[i] = 1 / (root * (float) Math.sqrt(root));
    }
  }

  private static void product(float[] a, float[] b, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] * b[i];
    }
  }

  private static void affine(float[] v, float slope, float offset) {
    for (int i = 0; i < v.length; i++) {
      v[i] = slope * v[i] + offset;
    }
  }

  /** {@code q}, from {@code dy s^-beta}. */
  private static void pulls(float[] scaled, float[] x, float[] s, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = scaled[i] * x[i] / s[i];
    }
  }

  private static void subtract(float[] v, float factor, float[] x, float[] sums) {
    for (int i = 0; i < v.length; i++) {
      v[i] -= factor * x[i] * sums[i];
    }
  }
}
