package dev.rote.critical;

import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Directions;
import dev.rote.networks.Insight;
import dev.rote.networks.Network;
import dev.rote.networks.NetworkState;
import dev.rote.networks.StepSettings;
import dev.rote.networks.Targets;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;

/**
 * Logits {@code W x + b} in plain loops, whose margins are known in closed form. Row by row, so
 * that results do not depend on the batch. It cannot be trained.
 */
final class LinearNetwork implements Network {
  private final Blueprint blueprint;
  private final float[] weights;
  private final float[] biases;
  private int gradientRows;
  private int forwardRows;

  /**
   * @param weights float32[D, K]
   * @param biases float32[K]
   */
  LinearNetwork(float[] weights, float[] biases) {
    this.blueprint =
        Blueprint.of(
            ModelSpec.newBuilder().setMlp(Mlp.getDefaultInstance()).build(),
            Shape.newBuilder()
                .setChannels(1)
                .setHeight(1)
                .setWidth(weights.length / biases.length)
                .build(),
            biases.length);
    this.weights = weights.clone();
    this.biases = biases.clone();
  }

  /** Examples that a gradient was computed for. */
  int gradientRows() {
    return gradientRows;
  }

  /** Examples that only logits were computed for. */
  int forwardRows() {
    return forwardRows;
  }

  @Override
  public Blueprint blueprint() {
    return blueprint;
  }

  @Override
  public NetworkState state() {
    return NetworkState.of(blueprint);
  }

  @Override
  public void read(int index, float[] out) {
    float[] tensor = index == 0 ? weights : biases;
    System.arraycopy(tensor, 0, out, 0, tensor.length);
  }

  @Override
  public void write(int index, float[] values) {
    float[] tensor = index == 0 ? weights : biases;
    System.arraycopy(values, 0, tensor, 0, tensor.length);
  }

  @Override
  public void initialize(long seed, ModelSpec.Initialization initialization) {
    throw new UnsupportedOperationException("weights are given");
  }

  @Override
  public double step(float[] inputs, Targets targets, StepSettings settings, float[] logits) {
    throw new UnsupportedOperationException("weights are given");
  }

  @Override
  public void logits(float[] inputs, int n, float[] logits) {
    forwardRows += n;
    forward(inputs, n, logits);
  }

  private void forward(float[] inputs, int n, float[] logits) {
    int classes = biases.length;
    int length = weights.length / classes;
    for (int row = 0; row < n; row++) {
      for (int k = 0; k < classes; k++) {
        float sum = biases[k];
        for (int i = 0; i < length; i++) {
          sum += inputs[row * length + i] * weights[i * classes + k];
        }
        logits[row * classes + k] = sum;
      }
    }
  }

  @Override
  public void inputGradient(
      float[] inputs, int[] labels, int n, float[] gradients, float[] logits) {
    gradientRows += n;
    forward(inputs, n, logits);
    int classes = biases.length;
    int length = weights.length / classes;
    for (int row = 0; row < n; row++) {
      double[] delta = softmax(logits, row * classes);
      int label = labels[row];
      if (label < 0) {
        label = 0;
        for (int k = 1; k < classes; k++) {
          label = logits[row * classes + k] > logits[row * classes + label] ? k : label;
        }
      }
      delta[label] -= 1;
      for (int i = 0; i < length; i++) {
        double sum = 0;
        for (int k = 0; k < classes; k++) {
          sum += delta[k] * weights[i * classes + k];
        }
        gradients[row * length + i] = (float) sum;
      }
    }
  }

  private double[] softmax(float[] logits, int offset) {
    double[] shares = new double[biases.length];
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < shares.length; k++) {
      largest = Math.max(largest, logits[offset + k]);
    }
    double sum = 0;
    for (int k = 0; k < shares.length; k++) {
      shares[k] = Math.exp(logits[offset + k] - largest);
      sum += shares[k];
    }
    for (int k = 0; k < shares.length; k++) {
      shares[k] /= sum;
    }
    return shares;
  }

  @Override
  public Directions directions(int count, int slots, Directions.Mode mode) {
    throw new UnsupportedOperationException("critical samples need first derivatives alone");
  }

  @Override
  public Insight insight() {
    throw new UnsupportedOperationException("critical samples need derivatives of the loss alone");
  }

  @Override
  public void close() {}
}
