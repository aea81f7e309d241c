package dev.rote.networks.nd4j;

import dev.rote.blueprint.Normalization;
import dev.rote.networks.StepSettings;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layer normalisation along a direction (ṡ, ḃ), in float64 on the heap. With {@code P(v) = r (v -
 * mean(v) - x̂ mean(x̂ v))}: {@code ẑ = R{x̂} = P(ẋ)}, {@code ẏ = scale ∘ ẑ + ṡ ∘ x̂ + ḃ}, and with
 * {@code a = scale ∘ dy}, {@code ȧ = ṡ ∘ dy + scale ∘ dẏ} the derivative of dx is {@code P(ȧ) - r
 * (ẑ mean(x̂ a) + x̂ mean(ẑ a)) - r mean(x̂ ẋ) P(a)}.
 */
final class LayerNormDirection implements DirectionStage {
  private final DirectionOf of;
  private final Signal output;
  private final INDArray scale;
  private final int length;
  private final double[] normal;
  private final double[] normalDot;
  private final double[] inverse;
  private final double[] shrinks;
  private double[] scales = new double[0];

  LayerNormDirection(DirectionOf of, INDArray scale, Signal output) {
    this.of = of;
    this.output = output;
    this.scale = scale;
    this.length = (int) scale.length();
    int n = (int) output.examples();
    this.normal = new double[n * length];
    this.normalDot = new double[n * length];
    this.inverse = new double[n];
    this.shrinks = new double[n];
  }

  @Override
  public Signal output() {
    return output;
  }

  private static double[] read(INDArray array) {
    float[] values = new float[(int) array.length()];
    Arena.copyOut(array, values, 0, values.length);
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static void write(double[] values, INDArray array) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    Arena.copyIn(narrow, 0, narrow.length, array);
  }

  private double mean(double[] v, int at) {
    return Arrays.stream(v, at, at + length).sum() / length;
  }

  private double mean(double[] v, double[] w, int at) {
    double sum = 0;
    for (int j = at; j < at + length; j++) {
      sum += v[j] * w[j];
    }
    return sum / length;
  }

  /** Normalises the inputs again. */
  private void normalize() {
    System.arraycopy(read(of.input().value()), 0, normal, 0, normal.length);
    scales = read(scale);
    for (int i = 0; i < inverse.length; i++) {
      int at = i * length;
      double mean = mean(normal, at);
      for (int j = at; j < at + length; j++) {
        normal[j] -= mean;
      }
      inverse[i] = 1 / Math.sqrt(mean(normal, normal, at) + Normalization.EPSILON);
      for (int j = at; j < at + length; j++) {
        normal[j] *= inverse[i];
      }
    }
  }

  /** Turns each example's v into P(v). */
  private void project(double[] v) {
    for (int i = 0; i < inverse.length; i++) {
      int at = i * length;
      double mean = mean(v, at);
      double along = mean(normal, v, at);
      for (int j = at; j < at + length; j++) {
        v[j] = inverse[i] * (v[j] - mean - normal[j] * along);
      }
    }
  }

  @Override
  public void forward(@Nullable StepSettings settings) {
    normalize();
    double[] dot = read(of.dot().value());
    System.arraycopy(dot, 0, normalDot, 0, dot.length);
    for (int i = 0; i < shrinks.length; i++) {
      shrinks[i] = -inverse[i] * mean(normal, dot, i * length);
    }
    project(normalDot);
    double[] scaleDot = read(of.along().get(0));
    double[] shiftDot = read(of.along().get(1));
    double[] y = new double[dot.length];
    for (int i = 0; i < y.length; i++) {
      int j = i % length;
      y[i] = scales[j] * normalDot[i] + scaleDot[j] * normal[i] + shiftDot[j];
    }
    write(y, output.value());
  }

  @Override
  public void backward(@Nullable StepSettings settings) {
    double[] a = read(of.output().wanted());
    double[] below = read(output.wanted());
    double[] scaleDot = read(of.along().get(0));
    double[] scaleProduct = new double[length];
    double[] shiftProduct = new double[length];
    for (int i = 0; i < a.length; i++) {
      int j = i % length;
      scaleProduct[j] += below[i] * normal[i] + a[i] * normalDot[i];
      shiftProduct[j] += below[i];
      below[i] = scaleDot[j] * a[i] + scales[j] * below[i];
      a[i] *= scales[j];
    }
    write(scaleProduct, of.products().get(0));
    write(shiftProduct, of.products().get(1));
    project(below);
    addRest(a, below);
    write(below, of.dot().wanted());
  }

  private void addRest(double[] a, double[] below) {
    double[] projected = a.clone();
    project(projected);
    for (int i = 0; i < inverse.length; i++) {
      int at = i * length;
      double ofNormal = mean(normal, a, at);
      double ofDot = mean(normalDot, a, at);
      for (int j = at; j < at + length; j++) {
        below[j] += shrinks[i] * projected[j];
        below[j] -= inverse[i] * (normalDot[j] * ofNormal + normal[j] * ofDot);
      }
    }
  }

  @Override
  public void gradients() {
    normalize();
    double[] dy = read(of.output().wanted());
    double[] scaleGradient = new double[length];
    double[] shiftGradient = new double[length];
    for (int i = 0; i < dy.length; i++) {
      scaleGradient[i % length] += dy[i] * normal[i];
      shiftGradient[i % length] += dy[i];
    }
    write(scaleGradient, of.products().get(0));
    write(shiftGradient, of.products().get(1));
  }
}
