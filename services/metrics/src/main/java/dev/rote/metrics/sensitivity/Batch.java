package dev.rote.metrics.sensitivity;

import dev.rote.metrics.examples.ExampleSet;
import dev.rote.recipes.Batches;

/** The examples of one step, in buffers that are used again for the next one. */
final class Batch {
  private final Batches batches;
  private final ExampleSet examples;
  private final int[] indices;
  private final int[] labels;
  private final float[] inputs;
  private final float[] row;
  private int size;

  /**
   * @param examples the training split
   * @param inputLength D
   */
  Batch(Batches batches, ExampleSet examples, int inputLength) {
    this.batches = batches;
    this.examples = examples;
    this.indices = new int[batches.largest()];
    this.labels = new int[batches.largest()];
    this.inputs = new float[batches.largest() * inputLength];
    this.row = new float[inputLength];
  }

  /** Takes the examples of a step. */
  void take(long step) {
    takeLabels(step);
    for (int i = 0; i < size; i++) {
      examples.inputs(indices[i], 1, row);
      System.arraycopy(row, 0, inputs, i * row.length, row.length);
    }
  }

  /** Takes the examples of a step without their inputs. */
  void takeLabels(long step) {
    size = batches.take(step, indices);
    for (int i = 0; i < size; i++) {
      labels[i] = examples.label(indices[i]);
    }
  }

  /** Number of examples. */
  int size() {
    return size;
  }

  /** int32[N], read only: number of each example in the training split. */
  int[] indices() {
    return indices;
  }

  /** int32[N], read only. */
  int[] labels() {
    return labels;
  }

  /** float32[N, D], read only. */
  float[] inputs() {
    return inputs;
  }
}
