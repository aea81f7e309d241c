package dev.rote.critical;

import dev.rote.networks.Logits;
import dev.rote.networks.Network;
import dev.rote.random.CounterRandom;
import java.util.Arrays;

/** The search of one group of examples whose state fits in memory. Used once. */
final class GroupSearch {
  /*
   * Each gradient call also returns the logits at the current points, so that a critical sample
   * made by iteration t is noticed by the call of iteration t + 1; after the last iteration a
   * forward pass alone notices. Examples that are decided leave the list of active ones, so that
   * batches hold undecided examples only.
   */
  private final Network network;
  private final SearchRule rule;
  private final CounterRandom random;
  private final Runnable pulse;
  private final long first;
  private final int length;
  private final int classes;

  private final float[] points;
  private final Box box;
  private final int[] predicted;
  private final int[] adversarial;
  private final int[] foundAt;
  private final int[] active;
  private int activeCount;

  private final int batch;
  private final float[] batchPoints;
  private final float[] gradients;
  private final float[] logits;
  private final int[] labels;
  private final LangevinNoise noise;

  GroupSearch(
      Network network,
      SearchRule rule,
      long seed,
      float[] points,
      int n,
      long first,
      int largestBatch,
      Runnable pulse) {
    this.network = network;
    this.rule = rule;
    this.random = CounterRandom.of(seed, rule.name());
    this.pulse = pulse;
    this.first = first;
    this.length = network.blueprint().inputLength();
    this.classes = network.blueprint().classes();
    this.points = points;
    this.box = new Box(points, n * length, rule.radius(), rule.clip());
    this.predicted = new int[n];
    this.adversarial = new int[n];
    this.foundAt = new int[n];
    this.active = new int[n];
    this.activeCount = n;
    Arrays.setAll(active, i -> i);
    Arrays.fill(foundAt, SearchOutcome.NOT_FOUND);
    this.batch = Math.max(1, Math.min(largestBatch, n));
    this.batchPoints = new float[batch * length];
    this.gradients = new float[batch * length];
    this.logits = new float[batch * classes];
    this.labels = new int[batch];
    this.noise = new LangevinNoise(seed, rule.name(), rule.beta(), length);
  }

  SearchOutcome run() {
    if (rule.randomStart()) {
      predictAll();
      startAnywhere();
    }
    for (int iteration = 0; ; iteration++) {
      boolean last = iteration == rule.iterations();
      int before = activeCount;
      pass(iteration, !last);
      boolean stop = iteration > 0 && before - activeCount < rule.stopBelow();
      if (last || stop || activeCount == 0) {
        return new SearchOutcome(predicted, adversarial, foundAt, iteration);
      }
    }
  }

  /** Looks at the current points of all active examples and moves those that stay active. */
  private void pass(int iteration, boolean move) {
    int kept = 0;
    for (int start = 0; start < activeCount; start += batch) {
      int rows = Math.min(batch, activeCount - start);
      gather(start, rows);
      pulse.run();
      if (move) {
        network.inputGradient(batchPoints, labels, rows, gradients, logits);
      } else {
        network.logits(batchPoints, rows, logits);
      }
      for (int row = 0; row < rows; row++) {
        int example = active[start + row];
        if (!decided(example, Logits.argmax(logits, row * classes, classes), iteration)) {
          active[kept++] = example;
          if (move) {
            move(example, row, iteration);
          }
        }
      }
    }
    activeCount = kept;
  }

  private void gather(int start, int rows) {
    boolean known = rule.randomStart();
    for (int row = 0; row < rows; row++) {
      int example = active[start + row];
      System.arraycopy(points, example * length, batchPoints, row * length, length);
      labels[row] = known ? predicted[example] : -1;
    }
  }

  /** Records what the logits at the current point of an example tell; true ends its search. */
  private boolean decided(int example, int argmax, int iteration) {
    if (iteration == 0 && !rule.randomStart()) {
      predict(example, argmax);
      return argmax < 0;
    }
    if (argmax >= 0 && argmax != predicted[example]) {
      adversarial[example] = argmax;
      foundAt[example] = iteration;
      return true;
    }
    return false;
  }

  private void predict(int example, int argmax) {
    if (argmax < 0) {
      foundAt[example] = SearchOutcome.UNDEFINED;
    } else {
      predicted[example] = argmax;
      adversarial[example] = argmax;
    }
  }

  private void move(int example, int row, int iteration) {
    int at = example * length;
    int gradientAt = row * length;
    float alpha = (float) rule.alpha();
    for (int i = 0; i < length; i++) {
      points[at + i] += alpha * Math.signum(gradients[gradientAt + i]);
    }
    if (rule.beta() > 0) {
      noise.addTo(points, at, first + example, iteration);
    }
    box.clip(points, at, length);
  }

  private void predictAll() {
    int kept = 0;
    for (int start = 0; start < activeCount; start += batch) {
      int rows = Math.min(batch, activeCount - start);
      gather(start, rows);
      pulse.run();
      network.logits(batchPoints, rows, logits);
      for (int row = 0; row < rows; row++) {
        int example = active[start + row];
        int argmax = Logits.argmax(logits, row * classes, classes);
        predict(example, argmax);
        if (argmax >= 0) {
          active[kept++] = example;
        }
      }
    }
    activeCount = kept;
  }

  private void startAnywhere() {
    for (int k = 0; k < activeCount; k++) {
      int example = active[k];
      int at = example * length;
      for (int i = 0; i < length; i++) {
        double uniform = 2 * random.uniform(first + example, i) - 1;
        points[at + i] += (float) (rule.radius() * uniform);
      }
      box.clip(points, at, length);
    }
  }
}
