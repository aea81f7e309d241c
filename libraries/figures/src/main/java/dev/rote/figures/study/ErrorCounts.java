package dev.rote.figures.study;

import dev.rote.figures.FigureException;
import dev.rote.figures.FigureException.Reason;
import dev.rote.figures.statistics.ErrorTable;
import dev.rote.v1.ExampleErrorValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How often each example was misclassified, over repetitions and in each, and its training label.
 */
public final class ErrorCounts {
  private final int[] errors;
  private int[] labels = new int[0];
  private final List<byte[]> rows = new ArrayList<>();

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
    int[] its = values.getLabelsList().stream().mapToInt(Integer::intValue).toArray();
    if (rows.isEmpty() && its.length == errors.length) {
      labels = its;
    } else if (!Arrays.equals(labels, its)) {
      labels = new int[0];
    }
    rows.add(values.getErrors().toByteArray());
  }

  /** int[N]: errors of each example, each in [0, repetitions]. */
  public int[] errors() {
    return errors.clone();
  }

  /**
   * int[N]: training label of each example; empty when labels were not stored, or when an example
   * does not keep its label over the repetitions (a corruption that is drawn anew).
   */
  public Optional<int[]> labels() {
    return labels.length == errors.length ? Optional.of(labels.clone()) : Optional.empty();
  }

  /** R, repetitions summed. */
  public int repetitions() {
    return rows.size();
  }

  /** Which example was misclassified in which repetition. */
  public ErrorTable table() {
    return new ErrorTable(errors.length, rows);
  }

  /** Mean error rate over examples and repetitions, in [0, 1]. */
  public double meanRate() {
    long sum = 0;
    for (int count : errors) {
      sum += count;
    }
    return sum / ((double) errors.length * repetitions());
  }
}
