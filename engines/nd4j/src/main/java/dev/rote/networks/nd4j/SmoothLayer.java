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
final class SmoothLayer extends SameShapeLayer {
  private final Function function;

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

      @Override
      void curvatures(float[] x, float[] y, float[] slopes) {
        for (int i = 0; i < x.length; i++) {
          y[i] = (float) (density(x[i]) * (2 - (double) x[i] * x[i]));
        }
      }

      private double density(float x) {
        return StrictMath.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
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

      @Override
      void curvatures(float[] x, float[] y, float[] slopes) {
        for (int i = 0; i < y.length; i++) {
          y[i] *= -2 * slopes[i];
        }
      }
    };

    /**
     * Writes f'', from what {@link #compute} gives.
     *
     * @param y f, overwritten
     */
    abstract void curvatures(float[] x, float[] y, float[] slopes);

    /**
     * Computes f and, where there is room for it, f'.
     *
     * @param work of as many values, overwritten
     */
    abstract void compute(float[] x, INDArray work, float[] y, float[] slopes);
  }

  SmoothLayer(Function function, Extent extent) {
    super(extent);
    this.function = function;
  }

  @Override
  public Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena) {
    return new Smooth(inputs.get(0), mode, arena);
  }

  @Override
  public Stage prepareDirection(DirectionOf of, Arena arena) {
    return new Direction(of, freshDot(of, arena), arena);
  }

  /** {@code ẏ = f'(x) ẋ}; derivative of dx: {@code f'(x) dẏ + f''(x) ẋ dy}. */
  private final class Direction implements Stage {
    private final DirectionOf of;
    private final Signal output;
    private final INDArray work;
    private final float[] x;
    private final float[] curvatures;
    private final float[] slopes;
    private final float[] dot;
    private final float[] dy;
    private final float[] result;

    Direction(DirectionOf of, Signal output, Arena arena) {
      this.of = of;
      this.output = output;
      this.work = arena.zeros(output.value().shape());
      int length = (int) work.length();
      this.x = new float[length];
      this.curvatures = new float[length];
      this.slopes = new float[length];
      this.dot = new float[length];
      this.dy = new float[length];
      this.result = new float[length];
    }

    @Override
    public Signal output() {
      return output;
    }

    @Override
    public void forward(@Nullable StepSettings settings) {
      Arena.copyOut(of.input().value(), x, 0, x.length);
      function.compute(x, work, curvatures, slopes);
      function.curvatures(x, curvatures, slopes);
      Arena.copyOut(of.dot().value(), dot, 0, dot.length);
      System.arraycopy(dot, 0, result, 0, dot.length);
      multiply(slopes, result);
      Arena.copyIn(result, 0, result.length, output.value());
    }

    @Override
    public void backward(@Nullable StepSettings settings) {
      Arena.copyOut(output.wanted(), result, 0, result.length);
      Arena.copyOut(of.output().wanted(), dy, 0, dy.length);
      for (int i = 0; i < result.length; i++) {
        result[i] = slopes[i] * result[i] + curvatures[i] * dot[i] * dy[i];
      }
      Arena.copyIn(result, 0, result.length, of.dot().wanted());
    }
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
      this.output = fresh(input, mode, arena);
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
