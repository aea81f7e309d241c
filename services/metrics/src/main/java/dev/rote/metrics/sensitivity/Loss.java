package dev.rote.metrics.sensitivity;

import java.util.ArrayList;
import java.util.List;

/**
 * A loss that is looked at: the mean loss of the batch of a step, of the kind that the trial was
 * trained on, before the step.
 *
 * @param step t
 * @param label of the examples that it is the mean of; {@link #ALL}: every example of the batch
 */
record Loss(long step, int label) {
  static final int ALL = -1;

  /** Of the whole batch. */
  static Loss of(long step) {
    return new Loss(step, ALL);
  }

  /** Weight of each example of the batch in the mean. */
  double[] weights(Batch batch) {
    double[] weights = new double[batch.size()];
    int chosen = 0;
    for (int i = 0; i < weights.length; i++) {
      if (label == ALL || batch.labels()[i] == label) {
        weights[i] = 1;
        chosen++;
      }
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= chosen;
    }
    return weights;
  }

  /**
   * The steps looked at: every so many of the last ones, the first of them first.
   *
   * @param steps T
   * @param tail how many of the last steps; all in a shorter run
   */
  static List<Long> steps(long steps, long tail, long every) {
    List<Long> looked = new ArrayList<>();
    for (long step = Math.max(0, steps - tail); step < steps; step += every) {
      looked.add(step);
    }
    return looked;
  }
}
