package dev.rote.reference;

import dev.rote.blueprint.Node;
import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code y = x W + b}, W [in, out]; b absent before batch norm. */
final class Dense implements UnaryLayer {
  private final int in;
  private final int out;
  private final Parameter weights;
  private final @Nullable Parameter biases;
  private double[] input = new double[0];

  Dense(Node node, int in) {
    this.in = in;
    this.out = node.extent().length();
    List<Parameter> all = Parameter.of(node);
    this.weights = all.get(0);
    this.biases = all.size() > 1 ? all.get(1) : null;
  }

  @Override
  public List<Parameter> parameters() {
    return biases == null ? List.of(weights) : List.of(weights, biases);
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
  public double[] backwardOne(double[] dy, int n) {
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

  /** {@code ẏ = ẋ W + x V + v}. */
  @Override
  public double[] tangent(double[] dot, List<double[]> along, int n) {
    float[] w = weights.value();
    double[] v = along.get(0);
    double[] tangent = new double[n * out];
    for (int i = 0; i < n; i++) {
      for (int o = 0; o < out; o++) {
        double sum = biases == null ? 0 : along.get(1)[o];
        for (int j = 0; j < in; j++) {
          sum += dot[i * in + j] * w[j * out + o] + input[i * in + j] * v[j * out + o];
        }
        tangent[i * out + o] = sum;
      }
    }
    return tangent;
  }

  /** {@code R{dW} = ẋᵀ dy + xᵀ dẏ, R{db} = 1ᵀ dẏ, R{dx} = dẏ Wᵀ + dy Vᵀ}. */
  @Override
  public double[] curve(
      double[] dyDot,
      double[] dy,
      double[] dot,
      List<double[]> along,
      List<double[]> products,
      int n) {
    double[] below = new double[n * in];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < in; j++) {
        curveInput(i, j, dyDot, dy, dot, along.get(0), products.get(0), below);
      }
      for (int o = 0; biases != null && o < out; o++) {
        products.get(1)[o] += dyDot[i * out + o];
      }
    }
    return below;
  }

  private void curveInput(
      int i,
      int j,
      double[] dyDot,
      double[] dy,
      double[] dot,
      double[] v,
      double[] product,
      double[] below) {
    float[] w = weights.value();
    double sum = 0;
    for (int o = 0; o < out; o++) {
      product[j * out + o] += dot[i * in + j] * dy[i * out + o];
      product[j * out + o] += input[i * in + j] * dyDot[i * out + o];
      sum += w[j * out + o] * dyDot[i * out + o];
    }
    for (int o = 0; o < out; o++) {
      sum += v[j * out + o] * dy[i * out + o];
    }
    below[i * in + j] = sum;
  }
}
