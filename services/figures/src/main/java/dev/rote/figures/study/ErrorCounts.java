package dev.rote.figures.study;

import dev.rote.figures.FigureException;
import dev.rote.figures.FigureException.Reason;
import dev.rote.v1.ExampleErrorValues;

/** How often each example was misclassified, summed over repetitions. */
public final class ErrorCounts {
  private final int[] errors;
  private int repetitions;

  ErrorCounts(int examples) {
    this.errors = new int[examples];
  }

  /**
   * Adds one repetition.
   *
   * @throws FigureException with {@link Reason#INCONSISTENT_RESULTS} when it looks at another
   *     number of examples or its bit set is too short
   */
  void add(ExampleErrorValues values) {
    if (values.getExamples() != errors.length
        || values.getErrors().size() < (errors.length + 7) / 8) {
      throw new FigureException(
          Reason.INCONSISTENT_RESULTS,
          "example errors must cover "
              + errors.length
              + " examples like those of the other repetitions, covered "
              + values.getExamples()
              + " in "
              + values.getErrors().size()
              + " bytes");
    }
    for (int i = 0; i < errors.length; i++) {
      errors[i] += values.getErrors().byteAt(i >> 3) >> (i & 7) & 1;
    }
    repetitions++;
  }

  /** int[N]: errors of each example, each in [0, repetitions]. */
  public int[] errors() {
    return errors.clone();
  }

  /** R, repetitions summed. */
  public int repetitions() {
    return repetitions;
  }

  /** Mean error rate over examples and repetitions, in [0, 1]. */
  public double meanRate() {
    long sum = 0;
    for (int count : errors) {
      sum += count;
    }
    return sum / ((double) errors.length * repetitions);
  }
}
