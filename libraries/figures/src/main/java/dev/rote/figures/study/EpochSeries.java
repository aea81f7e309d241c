package dev.rote.figures.study;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Finite values of one quantity of one trial at increasing epochs. Immutable. */
public final class EpochSeries {
  private final int[] epochs;
  private final double[] values;

  private EpochSeries(int[] epochs, double[] values) {
    this.epochs = epochs;
    this.values = values;
  }

  /**
   * The series of these values; values that are not finite (a part without examples, a diverged
   * loss) are left out.
   *
   * @param epochs strictly increasing
   * @param values one per epoch
   */
  public static EpochSeries of(int[] epochs, double[] values) {
    if (epochs.length != values.length) {
      throw new IllegalArgumentException(
          "a series needs a value per epoch, was given "
              + values.length
              + " values for "
              + epochs.length
              + " epochs");
    }
    int[] keptEpochs = new int[epochs.length];
    double[] keptValues = new double[epochs.length];
    int kept = 0;
    for (int i = 0; i < epochs.length; i++) {
      if (i > 0 && epochs[i] <= epochs[i - 1]) {
        throw new IllegalArgumentException(
            "epochs must increase, were " + epochs[i - 1] + ", " + epochs[i]);
      }
      if (Double.isFinite(values[i])) {
        keptEpochs[kept] = epochs[i];
        keptValues[kept++] = values[i];
      }
    }
    return new EpochSeries(Arrays.copyOf(keptEpochs, kept), Arrays.copyOf(keptValues, kept));
  }

  public int size() {
    return epochs.length;
  }

  public boolean isEmpty() {
    return epochs.length == 0;
  }

  public int epoch(int position) {
    return epochs[position];
  }

  public double value(int position) {
    return values[position];
  }

  /** Value at an epoch; empty when there is none. */
  public OptionalDouble at(int epoch) {
    int position = Arrays.binarySearch(epochs, epoch);
    return position < 0 ? OptionalDouble.empty() : OptionalDouble.of(values[position]);
  }

  /** Position of the largest value, the first one of equals; empty when the series is. */
  public OptionalInt positionOfMax() {
    if (isEmpty()) {
      return OptionalInt.empty();
    }
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return OptionalInt.of(best);
  }

  /** Position of the smallest value, the first one of equals; empty when the series is. */
  public OptionalInt positionOfMin() {
    if (isEmpty()) {
      return OptionalInt.empty();
    }
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] < values[best]) {
        best = i;
      }
    }
    return OptionalInt.of(best);
  }
}
