package dev.rote.trainer.training;

import dev.rote.random.CounterRandom;
import dev.rote.v1.Shape;

/** Seeded blobs, one a class; every fourth example has a random label and counts as corrupted. */
record MadeExamples(int count, Shape shape, int classes, String purpose) implements Examples {

  static MadeExamples flat(int count, int width, int classes, String purpose) {
    return new MadeExamples(
        count,
        Shape.newBuilder().setChannels(1).setHeight(1).setWidth(width).build(),
        classes,
        purpose);
  }

  static MadeExamples images(int count, int side, int classes, String purpose) {
    return new MadeExamples(
        count,
        Shape.newBuilder().setChannels(1).setHeight(side).setWidth(side).build(),
        classes,
        purpose);
  }

  private int width() {
    return shape.getChannels() * shape.getHeight() * shape.getWidth();
  }

  @Override
  public void inputs(int[] indices, int n, float[] out) {
    CounterRandom centers = CounterRandom.of(1, "centers");
    CounterRandom noise = CounterRandom.of(1, purpose);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < width(); j++) {
        out[i * width() + j] =
            (float)
                (0.5
                    + 0.3 * centers.gaussian(indices[i] % classes, j)
                    + 0.1 * noise.gaussian(indices[i], j));
      }
    }
  }

  @Override
  public int label(int index) {
    return corrupted(index)
        ? (int) CounterRandom.of(1, purpose + "/labels").below(classes, index, 0)
        : index % classes;
  }

  @Override
  public boolean corrupted(int index) {
    return index % 4 == 3 && purpose.equals("train");
  }
}
