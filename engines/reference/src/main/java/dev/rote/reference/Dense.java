package dev.rote.reference;

import dev.rote.networks.ParameterShape;
import dev.rote.networks.ParameterShape.Role;
import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code y = x W + b}, W [in, out]; b absent before batch norm. */
final class Dense implements Layer {
  private final int in;
  private final int out;
  private final Parameter weights;
  private final @Nullable Parameter biases;
  private double[] input = new double[0];

  Dense(String name, int in, int out, boolean biased) {
    this.in = in;
    this.out = out;
    this.weights = new Parameter(ParameterShape.of(name + "/weights", Role.WEIGHTS, in, out));
    this.biases =
        biased ? new Parameter(ParameterShape.of(name + "/biases", Role.BIASES, out)) : null;
  }

  int in() {
    return in;
  }

  int out() {
    return out;
  }

  float[] weights() {
    return weights.value();
  }

  @Override
  public List<Parameter> parameters() {
    return biases == null ? List.of(weights) : List.of(weights, biases);
  }

  @Override
  public int[] outputShape() {
    return new int[] {out};
  }

  @Override
  public double[] forward(double[] x, int n, @Nullable StepSettings settings) {
    input = x;
    double[] y = new double[n * out];
    float[] w = weights.value();
    for (int i = 0; i < n; i++) {
      for (int o = 0; o < out; o++) {
        y[i * out + o] = biases == null ? 0 : biases.value()[o];
      }
      for (int j = 0; j < in; j++) {
        double value = x[i * in + j];
        for (int o = 0; o < out; o++) {
          y[i * out + o] += value * w[j * out + o];
        }
      }
    }
    return y;
  }

  @Override
  public double[] backward(double[] dy, int n) {
    double[] dx = new double[n * in];
    float[] w = weights.value();
    double[] dw = weights.gradient();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < in; j++) {
        double value = input[i * in + j];
        double sum = 0;
        for (int o = 0; o < out; o++) {
          dw[j * out + o] += value * dy[i * out + o];
          sum += w[j * out + o] * dy[i * out + o];
        }
        dx[i * in + j] = sum;
      }
      for (int o = 0; biases != null && o < out; o++) {
        biases.gradient()[o] += dy[i * out + o];
      }
    }
    return dx;
  }
}
