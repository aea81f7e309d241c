package dev.rote.reference;

import java.util.List;

/**
 * One example at a network's present parameters, and derivatives of its weighted loss ℓ. Layer l
 * has the input x_l and the output {@code z_l = x_l W_l + b_l}, {@code x_(l+1) = max(z_l, 0)}, and
 * {@code δ_l = ∂ℓ/∂z_l}. A dot is a derivative along a direction (V, v), Pearlmutter's R-operator.
 */
final class Point {
  private final List<Dense> layers;
  private final double weight;
  private final double[][] x;
  private final double[][] delta;
  private final double[] probabilities;

  Point(List<Dense> layers, double[] input, int label, double weight) {
    this.layers = layers;
    this.weight = weight;
    int depth = layers.size();
    this.x = new double[depth + 1][];
    this.delta = new double[depth][];
    x[0] = input;
    for (int l = 0; l < depth; l++) {
      double[] z = layers.get(l).forward(x[l], 1, null);
      for (int o = 0; l < depth - 1 && o < z.length; o++) {
        z[o] = Math.max(z[o], 0);
      }
      x[l + 1] = z;
    }
    this.probabilities = Softmax.probabilities(x[depth]);
    delta[depth - 1] = Softmax.gradient(probabilities, label, weight);
    for (int l = depth - 1; l > 0; l--) {
      delta[l - 1] = masked(transposed(layers.get(l), delta[l]), x[l]);
    }
  }

  /** Adds {@code ∇ℓ = (x_l ⊗ δ_l, δ_l)}. */
  void addGradient(double[] gradient) {
    int offset = 0;
    for (int l = 0; l < layers.size(); l++) {
      offset = addOuter(gradient, offset, x[l], delta[l]);
      addAt(gradient, offset, delta[l]);
      offset += delta[l].length;
    }
  }

  /**
   * Adds {@code ∇²ℓ λ}.
   *
   * @return {@code ∂⟨∇ℓ, λ⟩/∂x}, the derivative of ∂ℓ/∂x_0 along λ
   */
  double[] addHessian(double[] direction, double[] product) {
    double[][] tangents = tangents(direction);
    int depth = layers.size();
    double[] adjoint = Softmax.curvature(probabilities, tangents[depth], weight);
    int end = direction.length;
    for (int l = depth - 1; ; l--) {
      Dense layer = layers.get(l);
      int offset = end - (layer.in() + 1) * layer.out();
      /* R{dW} = ẋ ⊗ δ + x ⊗ δ̇, R{db} = δ̇. */
      addOuter(product, offset, tangents[l], delta[l]);
      int biases = addOuter(product, offset, x[l], adjoint);
      addAt(product, biases, adjoint);
      /* The derivative of ∂ℓ/∂x_l: δ̇ Wᵀ + δ Vᵀ. */
      double[] below = transposed(layer, adjoint);
      for (int j = 0; j < layer.in(); j++) {
        for (int o = 0; o < layer.out(); o++) {
          below[j] += direction[offset + j * layer.out() + o] * delta[l][o];
        }
      }
      if (l == 0) {
        return below;
      }
      adjoint = masked(below, x[l]);
      end = offset;
    }
  }

  /** ẋ_l, and last the derivative of the logits: {@code ż = ẋ W + x V + v}. */
  private double[][] tangents(double[] direction) {
    double[][] tangents = new double[x.length][];
    tangents[0] = new double[x[0].length];
    int offset = 0;
    for (int l = 0; l < layers.size(); l++) {
      int out = layers.get(l).out();
      float[] w = layers.get(l).weights();
      double[] tangent = new double[out];
      for (int o = 0; o < out; o++) {
        tangent[o] = direction[offset + x[l].length * out + o];
        for (int j = 0; j < x[l].length; j++) {
          tangent[o] += tangents[l][j] * w[j * out + o] + x[l][j] * direction[offset + j * out + o];
        }
      }
      tangents[l + 1] = l < layers.size() - 1 ? masked(tangent, x[l + 1]) : tangent;
      offset += (x[l].length + 1) * out;
    }
    return tangents;
  }

  /** {@code δ Wᵀ}. */
  private static double[] transposed(Dense layer, double[] above) {
    double[] below = new double[layer.in()];
    for (int j = 0; j < layer.in(); j++) {
      for (int o = 0; o < layer.out(); o++) {
        below[j] += layer.weights()[j * layer.out() + o] * above[o];
      }
    }
    return below;
  }

  /** Through a ReLU whose output is {@code output}. */
  private static double[] masked(double[] values, double[] output) {
    for (int i = 0; i < values.length; i++) {
      values[i] = output[i] > 0 ? values[i] : 0;
    }
    return values;
  }

  private static int addOuter(double[] sum, int offset, double[] rows, double[] columns) {
    int at = offset;
    for (double row : rows) {
      for (double column : columns) {
        sum[at++] += row * column;
      }
    }
    return at;
  }

  private static void addAt(double[] sum, int offset, double[] terms) {
    for (int i = 0; i < terms.length; i++) {
      sum[offset + i] += terms[i];
    }
  }
}
