package dev.rote.metrics.examples;

import dev.rote.networks.Logits;
import java.util.Arrays;

/** What a network predicts for each example of a set. */
public final class Predictions {
  private final int[] stored;

  /** None yet. */
  public Predictions(int examples) {
    this.stored = new int[examples];
  }

  /**
   * Takes what a network says of some examples.
   *
   * @param first number of the first one
   * @param logits float32[n, K] or longer
   */
  public void take(int first, int n, float[] logits, int classes) {
    for (int i = 0; i < n; i++) {
      set(first + i, Logits.argmax(logits, i * classes, classes));
    }
  }

  /** Says the class of one example, or -1 if there is none. */
  public void set(int example, int predicted) {
    stored[example] = predicted + 1;
  }

  /** The class plus 1 of each example, 0 where there is none: as they are stored. */
  public Iterable<Integer> stored() {
    return Arrays.stream(stored).boxed().toList();
  }
}
