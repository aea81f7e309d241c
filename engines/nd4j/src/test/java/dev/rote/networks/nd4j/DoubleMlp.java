package dev.rote.networks.nd4j;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Dense;
import dev.rote.blueprint.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * A multilayer perceptron in float64 and plain loops, example by example: first derivatives alone.
 */
final class DoubleMlp {
  private final List<Integer> widths = new ArrayList<>();

  DoubleMlp(Blueprint blueprint) {
    widths.add(blueprint.inputLength());
    for (Node node : blueprint.nodes()) {
      if (node.op() instanceof Dense dense) {
        widths.add(dense.units());
      }
    }
  }

  int parameters() {
    int total = 0;
    for (int l = 1; l < widths.size(); l++) {
      total += (widths.get(l - 1) + 1) * widths.get(l);
    }
    return total;
  }

  /**
   * Adds the gradient of an example's loss to {@code ofParameters}.
   *
   * @param w every layer's weights [in, out], then its biases
   * @return the gradient by the input
   */
  double[] gradient(double[] w, double[] x, int label, double weight, double[] ofParameters) {
    List<double[]> values = new ArrayList<>(List.of(x));
    int[] offsets = new int[widths.size()];
    for (int l = 1; l < widths.size(); l++) {
      offsets[l] = l == 1 ? 0 : offsets[l - 1] + (widths.get(l - 2) + 1) * widths.get(l - 1);
      values.add(forward(w, offsets[l], values.get(l - 1), widths.get(l), l < widths.size() - 1));
    }
    double[] delta = values.get(widths.size() - 1).clone();
    double sum = 0;
    for (int c = 0; c < delta.length; c++) {
      delta[c] = Math.exp(delta[c]);
      sum += delta[c];
    }
    for (int c = 0; c < delta.length; c++) {
      delta[c] = weight * (delta[c] / sum - (c == label ? 1 : 0));
    }
    for (int l = widths.size() - 1; l > 0; l--) {
      delta = backward(w, offsets[l], values.get(l - 1), delta, ofParameters, l > 1);
    }
    return delta;
  }

  private static double[] forward(double[] w, int offset, double[] x, int out, boolean relu) {
    double[] z = new double[out];
    for (int o = 0; o < out; o++) {
      z[o] = w[offset + x.length * out + o];
      for (int i = 0; i < x.length; i++) {
        z[o] += x[i] * w[offset + i * out + o];
      }
      z[o] = relu ? Math.max(z[o], 0) : z[o];
    }
    return z;
  }

  private static double[] backward(
      double[] w, int offset, double[] x, double[] delta, double[] ofParameters, boolean relu) {
    int out = delta.length;
    double[] below = new double[x.length];
    for (int o = 0; o < out; o++) {
      ofParameters[offset + x.length * out + o] += delta[o];
      for (int i = 0; i < x.length; i++) {
        ofParameters[offset + i * out + o] += x[i] * delta[o];
        below[i] += relu && x[i] <= 0 ? 0 : w[offset + i * out + o] * delta[o];
      }
    }
    return below;
  }
}
