package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.ImageShape;

/**
 * Takes from each feature its mean over the training files and divides by its standard deviation
 * (denominator n); of pictures the values of a channel are pooled. A feature that is always the
 * same becomes 0. Moments are float64, taken in two passes in the order of the files.
 */
public final class Scaling {
  private final double[] means;
  private final double[] deviations;
  private final int group;

  private Scaling(double[] means, double[] deviations, int group) {
    this.means = means;
    this.deviations = deviations;
    this.group = group;
  }

  /** By the examples of the training files. */
  public static Scaling of(Packed train) {
    if (train.isLevels()) {
      throw DatasetException.refused(
          "variant.dataset.files.standardize",
          "is for values: NUMBERS, and inputs are levels here, of which an input is the 255th"
              + " part");
    }
    ImageShape shape = train.shape();
    boolean picture = shape.channels() > 1 || shape.height() > 1;
    int group = picture ? shape.pixels() : 1;
    int groups = shape.values() / group;
    double count = (double) train.size() * group;
    float[] values = new float[shape.values()];
    double[] means = new double[groups];
    for (long i = 0; i < train.size(); i++) {
      train.read(i, values);
      for (int v = 0; v < values.length; v++) {
        means[v / group] += values[v];
      }
    }
    for (int g = 0; g < groups; g++) {
      means[g] /= count;
    }
    double[] squares = new double[groups];
    for (long i = 0; i < train.size(); i++) {
      train.read(i, values);
      for (int v = 0; v < values.length; v++) {
        double difference = values[v] - means[v / group];
        squares[v / group] += difference * difference;
      }
    }
    for (int g = 0; g < groups; g++) {
      squares[g] = Math.sqrt(squares[g] / count);
    }
    return new Scaling(means, squares, group);
  }

  /** Scales an example in place. */
  void apply(float[] values) {
    for (int v = 0; v < values.length; v++) {
      double deviation = deviations[v / group];
      values[v] = deviation == 0 ? 0 : (float) ((values[v] - means[v / group]) / deviation);
    }
  }
}
