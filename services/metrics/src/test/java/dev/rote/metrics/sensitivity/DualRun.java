package dev.rote.metrics.sensitivity;

import dev.rote.recipes.Batches;
import dev.rote.recipes.Schedule;
import dev.rote.v1.TrialSpec;
import java.util.Arrays;

/**
 * A run of SGD on a perceptron of any depth in dual numbers: every weight carries its derivative by
 * one value of one training example forward through the steps. No Hessian, no adjoint, no rounding
 * of differences.
 */
final class DualRun {
  private final int[] widths;
  private final int[] labels;
  private final TrialSpec trial;
  private final Batches batches;
  private final Schedule schedule;

  /**
   * @param widths D, the hidden widths, K
   */
  DualRun(TrialSpec trial, int[] widths, int[] labels) {
    this.trial = trial;
    this.widths = widths.clone();
    this.labels = labels.clone();
    this.batches = Batches.of(trial, labels.length);
    this.schedule = Schedule.of(trial, labels.length);
  }

  /**
   * Derivative of the mean loss of the batch of {@code step} by value {@code moved} of example
   * {@code example}, through the weights alone.
   *
   * @param start for each layer its weights [in, out], then its biases
   * @param inputs [N][D]
   */
  double derivative(double[] start, double[][] inputs, long step, int example, int moved) {
    Dual[] w = Arrays.stream(start).mapToObj(Dual::constant).toArray(Dual[]::new);
    int[] batch = new int[batches.largest()];
    for (long s = 0; s < step; s++) {
      int n = batches.take(s, batch);
      Dual[] gradient = new Dual[w.length];
      Arrays.fill(gradient, Dual.ZERO);
      for (int i = 0; i < n; i++) {
        Dual[] x = constants(inputs[batch[i]]);
        if (batch[i] == example) {
          x[moved] = new Dual(inputs[example][moved], 1);
        }
        Dual[][] layers = forward(w, x);
        backward(w, layers, labels[batch[i]], gradient, Dual.constant(1.0 / n));
      }
      descend(w, gradient, schedule.learningRate(s));
    }
    int n = batches.take(step, batch);
    Dual sum = Dual.ZERO;
    for (int i = 0; i < n; i++) {
      Dual[] logits = forward(w, constants(inputs[batch[i]]))[widths.length - 1];
      Dual partition = Dual.ZERO;
      for (Dual logit : logits) {
        partition = partition.plus(logit.exponential());
      }
      sum = sum.plus(partition.logarithm().minus(logits[labels[batch[i]]]));
    }
    return sum.derivative() / n;
  }

  private static Dual[] constants(double[] values) {
    return Arrays.stream(values).mapToObj(Dual::constant).toArray(Dual[]::new);
  }

  /** Values of each layer, the inputs first, the logits last. */
  private Dual[][] forward(Dual[] w, Dual[] x) {
    Dual[][] layers = new Dual[widths.length][];
    layers[0] = x;
    int at = 0;
    for (int l = 1; l < widths.length; l++) {
      int in = widths[l - 1];
      int out = widths[l];
      layers[l] = new Dual[out];
      for (int o = 0; o < out; o++) {
        Dual z = w[at + in * out + o];
        for (int i = 0; i < in; i++) {
          z = z.plus(layers[l - 1][i].times(w[at + i * out + o]));
        }
        layers[l][o] = l == widths.length - 1 ? z : z.positivePart();
      }
      at += (in + 1) * out;
    }
    return layers;
  }

  private void backward(Dual[] w, Dual[][] layers, int label, Dual[] gradient, Dual weight) {
    int last = widths.length - 1;
    Dual[] delta = new Dual[widths[last]];
    Dual partition = Dual.ZERO;
    for (Dual logit : layers[last]) {
      partition = partition.plus(logit.exponential());
    }
    for (int c = 0; c < delta.length; c++) {
      Dual probability = layers[last][c].exponential().over(partition);
      delta[c] = weight.times(probability.minus(Dual.constant(c == label ? 1 : 0)));
    }
    int at = w.length;
    for (int l = last; l > 0; l--) {
      int in = widths[l - 1];
      int out = widths[l];
      at -= (in + 1) * out;
      Dual[] below = new Dual[in];
      Arrays.fill(below, Dual.ZERO);
      for (int o = 0; o < out; o++) {
        int bias = at + in * out + o;
        gradient[bias] = gradient[bias].plus(delta[o]);
        for (int i = 0; i < in; i++) {
          int p = at + i * out + o;
          gradient[p] = gradient[p].plus(layers[l - 1][i].times(delta[o]));
          if (layers[l - 1][i].value() > 0) {
            below[i] = below[i].plus(w[p].times(delta[o]));
          }
        }
      }
      delta = below;
    }
  }

  private void descend(Dual[] w, Dual[] gradient, double rate) {
    Dual step = Dual.constant(rate);
    Dual decay = Dual.constant(trial.getRegularization().getWeightDecay());
    int at = 0;
    for (int l = 1; l < widths.length; l++) {
      int weights = widths[l - 1] * widths[l];
      for (int p = at; p < at + weights + widths[l]; p++) {
        Dual change = p < at + weights ? gradient[p].plus(decay.times(w[p])) : gradient[p];
        w[p] = w[p].minus(step.times(change));
      }
      at += weights + widths[l];
    }
  }
}
