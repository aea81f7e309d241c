package dev.rote.networks.nd4j;

import dev.rote.blueprint.Node;
import dev.rote.blueprint.Normalization;
import dev.rote.networks.StepSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layer normalisation, {@code y = scale ∘ x̂ + shift}, {@code x̂ = r (x - mean)}, {@code r = 1 /
 * sqrt(variance + eps)}, statistics of an example, on the heap: examples one after the other, sums
 * over an example in float64.
 */
final class LayerNormLayer extends SameShapeLayer {
  private final int length;
  private final Parameter scale;
  private final Parameter shift;

  LayerNormLayer(Node node, Arena arena) {
    super(node.extent());
    List<Parameter> all = Parameter.of(node, arena);
    this.length = node.extent().length();
    this.scale = all.get(0);
    this.shift = all.get(1);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(scale, shift);
  }

  @Override
  public Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena) {
    return new Normal(inputs.get(0), mode, arena);
  }

  @Override
  public Stage prepareDirection(DirectionOf of, Arena arena) {
    NormDirection.Layout layout = new NormDirection.Examples((int) of.dot().examples(), length);
    return new NormDirection(of, layout, scale, List.of(), freshDot(of, arena));
  }

  private final class Normal implements Stage, ExampleNorms {
    private final Signal input;
    private final Signal output;
    private final float[] values;
    private final float[][] normal;
    private final double[] inverse;
    private final float[] row = new float[length];
    private final float[] scales = new float[length];
    private final float[] shifts = new float[length];
    private final float[] scaleGradients = new float[length];
    private final float[] shiftGradients = new float[length];
    private final @Nullable INDArray scaleGradient;
    private final @Nullable INDArray shiftGradient;

    Normal(Signal input, Mode mode, Arena arena) {
      int examples = (int) input.examples();
      this.input = input;
      this.output = fresh(input, mode, arena);
      this.values = new float[examples * length];
      this.normal = new float[examples][length];
      this.inverse = new double[examples];
      this.scaleGradient = mode.training() ? arena.zeros(outputShape()) : null;
      this.shiftGradient = mode.training() ? arena.zeros(outputShape()) : null;
    }

    @Override
    public Signal output() {
      return output;
    }

    @Override
    public void forward(@Nullable StepSettings settings) {
      Arena.copyOut(input.value(), values, 0, values.length);
      Arena.copyOut(scale.value(), scales, 0, length);
      Arena.copyOut(shift.value(), shifts, 0, length);
      for (int i = 0; i < normal.length; i++) {
        System.arraycopy(values, i * length, row, 0, length);
        float mean = (float) mean(row);
        inverse[i] = 1 / Math.sqrt(meanSquare(row, mean) + Normalization.EPSILON);
        normalize(row, mean, (float) inverse[i], normal[i]);
        map(normal[i], scales, shifts, row);
        System.arraycopy(row, 0, values, i * length, length);
      }
      Arena.copyIn(values, 0, values.length, output.value());
    }

    @Override
    public void addNorms(double[] squares, int offset, int n) {
      Arena.copyOut(output.wanted(), values, 0, n * length);
      for (int i = 0; i < n; i++) {
        System.arraycopy(values, i * length, row, 0, length);
        squares[offset + i] += ofParameters(row, normal[i]);
      }
    }

    @Override
    public void backward(@Nullable StepSettings settings) {
      Arena.copyOut(Objects.requireNonNull(output.gradient()), values, 0, values.length);
      Arrays.fill(scaleGradients, 0);
      Arrays.fill(shiftGradients, 0);
      for (int i = 0; i < normal.length; i++) {
        System.arraycopy(values, i * length, row, 0, length);
        gather(row, normal[i], scaleGradients, shiftGradients);
        multiply(row, scales);
        float mean = (float) mean(row);
        project(row, normal[i], mean, (float) mean(normal[i], row), (float) inverse[i]);
        System.arraycopy(row, 0, values, i * length, length);
      }
      INDArray dx = input.gradient();
      if (dx != null) {
        Arena.copyIn(values, 0, values.length, dx);
      }
      if (settings != null) {
        update(scale, scaleGradients, scaleGradient, settings);
        update(shift, shiftGradients, shiftGradient, settings);
      }
    }

    private void update(
        Parameter parameter, float[] sums, @Nullable INDArray gradient, StepSettings settings) {
      INDArray buffer = Objects.requireNonNull(gradient);
      Arena.copyIn(sums, 0, length, buffer);
      parameter.update(buffer, settings);
    }
  }

  /* Loops over rows of their own, with one index: see WindowMaximum. */

  private static double mean(float[] v) {
    double sum = 0;
    for (float value : v) {
      sum += value;
    }
    return sum / v.length;
  }

  private static double mean(float[] v, float[] w) {
    double sum = 0;
    for (int j = 0; j < v.length; j++) {
      sum += (double) v[j] * w[j];
    }
    return sum / v.length;
  }

  /** Mean of {@code (v - mean)^2}. */
  private static double meanSquare(float[] v, float mean) {
    double sum = 0;
    for (float value : v) {
      double centered = value - mean;
      sum += centered * centered;
    }
    return sum / v.length;
  }

  private static void normalize(float[] x, float mean, float inverse, float[] normal) {
    for (int j = 0; j < x.length; j++) {
      normal[j] = (x[j] - mean) * inverse;
    }
  }

  /** {@code y = scale ∘ x̂ + shift} */
  private static void map(float[] normal, float[] scales, float[] shifts, float[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] = scales[j] * normal[j] + shifts[j];
    }
  }

  private static void multiply(float[] v, float[] scales) {
    for (int j = 0; j < v.length; j++) {
      v[j] *= scales[j];
    }
  }

  /** {@code v = r (v - mean - x̂ along)} */
  private static void project(float[] v, float[] normal, float mean, float along, float inverse) {
    for (int j = 0; j < v.length; j++) {
      v[j] = inverse * (v[j] - mean - normal[j] * along);
    }
  }

  /** {@code ‖dy ∘ x̂‖²} of the scales and {@code ‖dy‖²} of the shifts. */
  private static double ofParameters(float[] dy, float[] normal) {
    double sum = 0;
    for (int j = 0; j < dy.length; j++) {
      double ofScale = (double) dy[j] * normal[j];
      sum += ofScale * ofScale + (double) dy[j] * dy[j];
    }
    return sum;
  }

  /** Adds an example to the sums over examples. */
  private static void gather(float[] dy, float[] normal, float[] scales, float[] shifts) {
    for (int j = 0; j < dy.length; j++) {
      scales[j] += dy[j] * normal[j];
      shifts[j] += dy[j];
    }
  }
}
