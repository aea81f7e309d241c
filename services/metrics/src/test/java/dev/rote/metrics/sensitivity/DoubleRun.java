package dev.rote.metrics.sensitivity;

import dev.rote.recipes.Batches;
import dev.rote.recipes.Schedule;
import dev.rote.v1.TrialSpec;

/**
 * A run of SGD on a perceptron of one hidden layer, in float64 and plain loops: first derivatives
 * alone.
 */
final class DoubleRun {
  private final TrialSpec trial;
  private final int inputs;
  private final int hidden;
  private final int classes;
  private final int[] labels;
  private final Batches batches;
  private final Schedule schedule;

  DoubleRun(TrialSpec trial, int inputs, int hidden, int classes, int[] labels) {
    this.trial = trial;
    this.inputs = inputs;
    this.hidden = hidden;
    this.classes = classes;
    this.labels = labels.clone();
    this.batches = Batches.of(trial, labels.length);
    this.schedule = Schedule.of(trial, labels.length);
  }

  /**
   * Trains on {@code trained}, from w_0 on, then says what the loss of the batch of {@code step}
   * is, with the inputs {@code looked}.
   *
   * @param start W1 [D, H], b1, W2 [H, K], b2
   * @param label of the examples of the batch that count; -1: all
   */
  double loss(double[] start, double[][] trained, double[][] looked, long step, int label) {
    double[] w = start.clone();
    for (long s = 0; s < step; s++) {
      double rate = schedule.learningRate(s);
      int[] batch = new int[batches.largest()];
      int n = batches.take(s, batch);
      double[] gradient = new double[w.length];
      for (int i = 0; i < n; i++) {
        example(w, trained[batch[i]], labels[batch[i]], gradient, 1.0 / n);
      }
      for (int p = 0; p < w.length; p++) {
        double decay = isWeight(p) ? trial.getRegularization().getWeightDecay() : 0;
        w[p] -= rate * (gradient[p] + decay * w[p]);
      }
    }
    int[] batch = new int[batches.largest()];
    int n = batches.take(step, batch);
    double sum = 0;
    int chosen = 0;
    for (int i = 0; i < n; i++) {
      if (label < 0 || labels[batch[i]] == label) {
        sum += example(w, looked[batch[i]], labels[batch[i]], new double[w.length], 0);
        chosen++;
      }
    }
    return sum / chosen;
  }

  private boolean isWeight(int p) {
    int first = inputs * hidden;
    int second = first + hidden;
    return p < first || (p >= second && p < second + hidden * classes);
  }

  /** Adds {@code weight} times the gradient of an example's loss; returns the loss. */
  private double example(double[] w, double[] x, int label, double[] gradient, double weight) {
    int biases1 = inputs * hidden;
    int weights2 = biases1 + hidden;
    int biases2 = weights2 + hidden * classes;
    double[] h = new double[hidden];
    for (int u = 0; u < hidden; u++) {
      double z = w[biases1 + u];
      for (int j = 0; j < inputs; j++) {
        z += x[j] * w[j * hidden + u];
      }
      h[u] = Math.max(z, 0);
    }
    double[] p = new double[classes];
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      double z = w[biases2 + c];
      for (int u = 0; u < hidden; u++) {
        z += h[u] * w[weights2 + u * classes + c];
      }
      p[c] = Math.exp(z);
      sum += p[c];
    }
    double loss = Math.log(sum) - Math.log(p[label]);
    for (int c = 0; c < classes; c++) {
      p[c] = weight * (p[c] / sum - (c == label ? 1 : 0));
      gradient[biases2 + c] += p[c];
    }
    for (int u = 0; u < hidden; u++) {
      double back = 0;
      for (int c = 0; c < classes; c++) {
        gradient[weights2 + u * classes + c] += h[u] * p[c];
        back += h[u] > 0 ? w[weights2 + u * classes + c] * p[c] : 0;
      }
      gradient[biases1 + u] += back;
      for (int j = 0; j < inputs; j++) {
        gradient[j * hidden + u] += x[j] * back;
      }
    }
    return loss;
  }
}
