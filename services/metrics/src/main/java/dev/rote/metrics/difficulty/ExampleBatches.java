package dev.rote.metrics.difficulty;

import dev.rote.metrics.examples.ExampleSet;

/** A set of examples, batch by batch in its order. */
final class ExampleBatches {
  private static final int BATCH = 256;

  private final ExampleSet examples;
  private final int length;
  private final Runnable pulse;

  /**
   * @param length input values of an example D
   * @param pulse run before each batch; what it throws ends the pass
   */
  ExampleBatches(ExampleSet examples, int length, Runnable pulse) {
    this.examples = examples;
    this.length = length;
    this.pulse = pulse;
  }

  /** Batches, and so pulses, of a pass over so many examples. */
  static long count(int examples) {
    return ((long) examples + BATCH - 1) / BATCH;
  }

  /** What is done with a batch. */
  interface Work {
    /**
     * Called for each.
     *
     * @param first number of the first example
     * @param n examples of the batch
     * @param inputs float32[n, D] or longer, of this call alone
     * @param labels int32[n] or longer, those that examples are trained on
     */
    void batch(int first, int n, float[] inputs, int[] labels);
  }

  /** Goes through all examples. */
  void each(Work work) {
    each(0, examples.size(), work);
  }

  /** Goes through the examples {@code [from, to)}. */
  void each(int from, int to, Work work) {
    int batch = Math.max(1, Math.min(BATCH, to - from));
    float[] inputs = new float[batch * length];
    int[] labels = new int[batch];
    for (int first = from; first < to; first += batch) {
      int n = Math.min(batch, to - first);
      examples.inputs(first, n, inputs);
      for (int i = 0; i < n; i++) {
        labels[i] = examples.label(first + i);
      }
      pulse.run();
      work.batch(first, n, inputs, labels);
    }
  }
}
