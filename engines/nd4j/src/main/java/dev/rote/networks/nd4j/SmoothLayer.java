package dev.rote.networks.nd4j;

import dev.rote.blueprint.Extent;
import dev.rote.networks.StepSettings;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A function f of each value by itself: {@code dx = f'(x) dy}. The native library computes what is
 * transcendental, since Java's own functions have other last bits once they are compiled.
 */
final class SmoothLayer implements Layer {
  private final Function function;
  private final long[] shape;

  /** f and its derivative. */
  enum Function {
    /** {@code x Φ(x)}, {@code Φ(x) + x φ(x)} */
    GELU {
      @Override
      void compute(float[] x, INDArray work, float[] y, float[] slopes) {
        scale(x, (float) Math.sqrt(0.5), y);
        Arena.copyIn(y, 0, y.length, work);
        Nd4j.getExecutioner().exec(new Erf(work, work));
        Arena.copyOut(work, y, 0, y.length);
        halve(y);
        if (slopes.length > 0) {
          exponents(x, slopes);
          Arena.copyIn(slopes, 0, slopes.length, work);
          Nd4j.getExecutioner().exec(new Exp(work, work));
          Arena.copyOut(work, slopes, 0, slopes.length);
          slopes(x, y, (float) (1 / Math.sqrt(2 * Math.PI)), slopes);
        }
        multiply(x, y);
      }
    },
    /** Hyperbolic tangent. */
    TANH {
      @Override
      void compute(float[] x, INDArray work, float[] y, float[] slopes) {
        Arena.copyIn(x, 0, x.length, work);
        Nd4j.getExecutioner().exec(new Tanh(work, work));
        Arena.copyOut(work, y, 0, y.length);
        if (slopes.length > 0) {
          complements(y, slopes);
        }
      }
    };

    /**
     * Computes f and, where there is room for it, f'.
     *
     * @param work of as many values, overwritten
     */
    abstract void compute(float[] x, INDArray work, float[] y, float[] slopes);
  }

  SmoothLayer(Function function, Extent extent) {
    this.function = function;
    this.shape = Layer.shape(extent);
  }

  @Override
  public long[] outputShape() {
    return shape.clone();
  }

  @Override
  public Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena) {
    return new Smooth(inputs.get(0), mode, arena);
  }

  private final class Smooth implements Stage {
    private final Signal input;
    private final Signal output;
    private final INDArray work;
    private final float[] x;
    private final float[] y;
    private final float[] slopes;

    Smooth(Signal input, Mode mode, Arena arena) {
      this.input = input;
      this.output = Layer.fresh(input.examples(), shape, mode, arena);
      this.work = arena.zeros(output.value().shape());
      this.x = new float[(int) work.length()];
      this.y = new float[x.length];
      this.slopes = new float[input.gradient() == null ? 0 : x.length];
    }

    @Override
    public Signal output() {
      return output;
    }

    @Override
    public void forward(@Nullable StepSettings settings) {
      Arena.copyOut(input.value(), x, 0, x.length);
      function.compute(x, work, y, slopes);
      Arena.copyIn(y, 0, y.length, output.value());
    }

    @Override
    public void backward(@Nullable StepSettings settings) {
      INDArray dx = input.gradient();
      if (dx != null) {
        Arena.copyOut(Objects.requireNonNull(output.gradient()), y, 0, y.length);
        multiply(slopes, y);
        Arena.copyIn(y, 0, y.length, dx);
      }
    }
  }

  private static void scale(float[] x, float by, float[] out) {
    for (int i = 0; i < x.length; i++) {
      out[i] = by * x[i];
    }
  }

  /** From the error function to Φ. */
  private static void halve(float[] v) {
    for (int i = 0; i < v.length; i++) {
      v[i] = 0.5f * v[i] + 0.5f;
    }
  }

  private static void exponents(float[] x, float[] out) {
    for (int i = 0; i < x.length; i++) {
      out[i] = -0.5f * x[i] * x[i];
    }
  }

  /** {@code Φ + x φ}, from {@code exp(-x²/2)}. */
  private static void slopes(float[] x, float[] cumulative, float factor, float[] v) {
    for (int i = 0; i < x.length; i++) {
      v[i] = cumulative[i] + factor * x[i] * v[i];
    }
  }

  private static void multiply(float[] by, float[] v) {
    for (int i = 0; i < v.length; i++) {
      v[i] *= by[i];
    }
  }

  private static void complements(float[] y, float[] out) {
    for (int i = 0; i < y.length; i++) {
      out[i] = 1 - y[i] * y[i];
    }
  }
}
