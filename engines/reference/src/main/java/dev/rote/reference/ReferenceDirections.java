package dev.rote.reference;

import dev.rote.blueprint.ParameterShape.Role;
import dev.rote.networks.Directions;
import dev.rote.networks.InputPatch;
import dev.rote.recipes.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Directions in float64, one after the other, by Pearlmutter's R-operator: derivatives of a forward
 * and a backward pass.
 */
final class ReferenceDirections implements Directions {
  private final LayerGraph layers;
  private final List<Parameter> trained;
  private final Loss loss;
  private final InputPatch patch;
  private final int classes;
  private final Mode mode;
  private final List<Vector> directions = new ArrayList<>();
  private final double[][][] influences;

  /** All directions from this one on are zero. */
  private int begun;

  /**
   * A vector over all trained parameters.
   *
   * @param byLayer an array for each parameter of each layer
   */
  private record Vector(List<List<double[]>> byLayer) {
    List<double[]> arrays() {
      return byLayer.stream().flatMap(List::stream).toList();
    }

    void clear() {
      arrays().forEach(array -> Arrays.fill(array, 0));
    }
  }

  ReferenceDirections(
      LayerGraph layers,
      List<Parameter> parameters,
      Loss loss,
      InputPatch patch,
      int classes,
      int count,
      int slots,
      Mode mode) {
    this.layers = layers;
    this.trained = parameters.stream().filter(Parameter::trained).toList();
    this.loss = loss;
    this.patch = patch;
    this.classes = classes;
    this.mode = mode;
    for (int k = 0; k < count; k++) {
      directions.add(new Vector(layers.zeros()));
    }
    this.influences = new double[slots][count][patch.length()];
  }

  @Override
  public int count() {
    return directions.size();
  }

  @Override
  public void clear() {
    begun = 0;
    directions.forEach(Vector::clear);
    for (double[][] slot : influences) {
      for (double[] influence : slot) {
        Arrays.fill(influence, 0);
      }
    }
  }

  @Override
  public void write(int k, float[] values) {
    begun = Math.max(begun, k + 1);
    int at = 0;
    for (double[] array : directions.get(k).arrays()) {
      for (int i = 0; i < array.length; i++) {
        array[i] = values[at++];
      }
    }
  }

  @Override
  public void read(int k, float[] out) {
    int at = 0;
    for (double[] array : directions.get(k).arrays()) {
      for (double value : array) {
        out[at++] = (float) value;
      }
    }
  }

  /**
   * Forward and backward: all that the derivatives along directions need.
   *
   * @return logits of each example
   */
  private double[][] look(float[] inputs, int[] labels, double[] weights, int n) {
    float[] patches = new float[n * patch.length()];
    patch.cut(inputs, n, patches);
    double[] logits = layers.look(ReferenceNetwork.widened(patches), n, mode);
    double[][] rows = new double[n][];
    double[] start = new double[n * classes];
    double[] gradient = new double[classes];
    for (int i = 0; i < n; i++) {
      rows[i] = Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
      loss.differentiate(rows[i], labels[i], gradient);
      for (int k = 0; k < classes; k++) {
        start[i * classes + k] = weights[i] * gradient[k];
      }
    }
    layers.backward(start, n);
    return rows;
  }

  @Override
  public void gradient(int k, float[] inputs, int[] labels, double[] weights, int n) {
    begun = Math.max(begun, k + 1);
    look(inputs, labels, weights, n);
    List<double[]> arrays = directions.get(k).arrays();
    for (int p = 0; p < arrays.size(); p++) {
      System.arraycopy(trained.get(p).gradient(), 0, arrays.get(p), 0, arrays.get(p).length);
    }
    forgetGradients();
  }

  /** No step: what the layers have gathered for their parameters is not wanted. */
  private void forgetGradients() {
    trained.forEach(parameter -> Arrays.fill(parameter.gradient(), 0));
  }

  @Override
  public void multiplyByHessian(float[] inputs, int[] labels, int n) {
    double[][] logits = look(inputs, labels, meanOf(n), n);
    forgetGradients();
    for (int k = 0; k < begun; k++) {
      Vector product = new Vector(layers.zeros());
      curve(k, product, logits, labels, n);
      directions.set(k, product);
    }
  }

  @Override
  public void unroll(float[] inputs, int[] labels, int[] slots, int n, double rate, double decay) {
    double[][] logits = look(inputs, labels, meanOf(n), n);
    forgetGradients();
    for (int k = 0; k < begun; k++) {
      Vector product = new Vector(layers.zeros());
      double[] mixed = curve(k, product, logits, labels, n);
      for (int i = 0; i < n; i++) {
        for (int j = 0; slots[i] >= 0 && j < patch.length(); j++) {
          influences[slots[i]][k][j] -= rate * mixed[i * patch.length() + j];
        }
      }
      stepBack(directions.get(k).arrays(), product.arrays(), rate, decay);
    }
  }

  private static double[] meanOf(int n) {
    double[] weights = new double[n];
    Arrays.fill(weights, 1.0 / n);
    return weights;
  }

  /**
   * Adds {@code ∇²L λ_k} to a product.
   *
   * @return derivative of the gradient by what enters the network
   */
  private double[] curve(int k, Vector product, double[][] logits, int[] labels, int n) {
    List<List<double[]>> along = directions.get(k).byLayer();
    double[][] dots = layers.tangents(along, n);
    double[] ofLogits = dots[dots.length - 1];
    double[] start = new double[n * classes];
    double[] curved = new double[classes];
    for (int i = 0; i < n; i++) {
      double[] dot = Arrays.copyOfRange(ofLogits, i * classes, (i + 1) * classes);
      loss.curve(logits[i], labels[i], dot, curved);
      for (int c = 0; c < classes; c++) {
        start[i * classes + c] = curved[c] / n;
      }
    }
    return layers.curve(start, dots, along, product.byLayer(), n);
  }

  /** {@code λ = (1 - rate decay) λ - rate H λ}, with the decay on weights alone. */
  private void stepBack(
      List<double[]> direction, List<double[]> product, double rate, double decay) {
    for (int p = 0; p < direction.size(); p++) {
      double keep = trained.get(p).shape().role() == Role.WEIGHTS ? 1 - rate * decay : 1;
      double[] values = direction.get(p);
      for (int i = 0; i < values.length; i++) {
        values[i] = keep * values[i] - rate * product.get(p)[i];
      }
    }
  }

  @Override
  public void influences(int slot, float[] out) {
    int count = count();
    float[] patches = new float[count * patch.length()];
    int at = 0;
    for (double[] influence : influences[slot]) {
      for (double value : influence) {
        patches[at++] = (float) value;
      }
    }
    patch.paste(patches, count, out);
  }

  /** Nothing: all is on the heap. */
  @Override
  public void close() {}
}
