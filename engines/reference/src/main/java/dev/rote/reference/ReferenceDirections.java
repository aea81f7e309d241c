package dev.rote.reference;

import dev.rote.networks.Directions;
import java.util.Arrays;
import java.util.List;

/**
 * Directions of a multilayer perceptron, in float64, example by example and direction by direction.
 */
final class ReferenceDirections implements Directions {
  private final List<Dense> layers;
  private final int length;
  private final double[][] directions;
  private final double[][][] influences;

  /** All directions from this one on are zero. */
  private int begun;

  ReferenceDirections(List<Dense> layers, int count, int slots) {
    this.layers = layers;
    this.length = layers.stream().mapToInt(layer -> (layer.in() + 1) * layer.out()).sum();
    this.directions = new double[count][length];
    this.influences = new double[slots][count][layers.get(0).in()];
  }

  @Override
  public int count() {
    return directions.length;
  }

  @Override
  public void clear() {
    begun = 0;
    for (double[] direction : directions) {
      Arrays.fill(direction, 0);
    }
    for (double[][] slot : influences) {
      for (double[] influence : slot) {
        Arrays.fill(influence, 0);
      }
    }
  }

  @Override
  public void write(int k, float[] values) {
    begun = Math.max(begun, k + 1);
    for (int i = 0; i < length; i++) {
      directions[k][i] = values[i];
    }
  }

  @Override
  public void read(int k, float[] out) {
    for (int i = 0; i < length; i++) {
      out[i] = (float) directions[k][i];
    }
  }

  @Override
  public void gradient(int k, float[] inputs, int[] labels, double[] weights, int n) {
    begun = Math.max(begun, k + 1);
    Arrays.fill(directions[k], 0);
    for (int i = 0; i < n; i++) {
      new Point(layers, example(inputs, i), labels[i], weights[i]).addGradient(directions[k]);
    }
  }

  @Override
  public void multiplyByHessian(float[] inputs, int[] labels, int n) {
    for (int k = 0; k < begun; k++) {
      double[] product = new double[length];
      for (int i = 0; i < n; i++) {
        new Point(layers, example(inputs, i), labels[i], 1.0 / n)
            .addHessian(directions[k], product);
      }
      directions[k] = product;
    }
  }

  @Override
  public void unroll(float[] inputs, int[] labels, int[] slots, int n, double rate, double decay) {
    double[][] products = new double[begun][length];
    for (int i = 0; i < n; i++) {
      Point point = new Point(layers, example(inputs, i), labels[i], 1.0 / n);
      for (int k = 0; k < begun; k++) {
        double[] mixed = point.addHessian(directions[k], products[k]);
        for (int j = 0; slots[i] >= 0 && j < mixed.length; j++) {
          influences[slots[i]][k][j] -= rate * mixed[j];
        }
      }
    }
    for (int k = 0; k < begun; k++) {
      stepBack(directions[k], products[k], rate, decay);
    }
  }

  /** {@code λ = (1 - rate decay) λ - rate H λ}, without the decay on biases. */
  private void stepBack(double[] direction, double[] product, double rate, double decay) {
    int at = 0;
    for (Dense layer : layers) {
      int biases = at + layer.in() * layer.out();
      for (int end = biases + layer.out(); at < end; at++) {
        double keep = at < biases ? 1 - rate * decay : 1;
        direction[at] = keep * direction[at] - rate * product[at];
      }
    }
  }

  private double[] example(float[] inputs, int i) {
    double[] x = new double[layers.get(0).in()];
    for (int j = 0; j < x.length; j++) {
      x[j] = inputs[i * x.length + j];
    }
    return x;
  }

  @Override
  public void influences(int slot, float[] out) {
    int at = 0;
    for (double[] influence : influences[slot]) {
      for (double value : influence) {
        out[at++] = (float) value;
      }
    }
  }

  /** Nothing: all is on the heap. */
  @Override
  public void close() {}
}
