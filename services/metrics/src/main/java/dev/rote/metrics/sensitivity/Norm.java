package dev.rote.metrics.sensitivity;

import dev.rote.v1.LossSensitivity;

/** Norms of vectors, summed in float64. */
final class Norm {
  private Norm() {}

  /** Norm of {@code length} values from {@code offset} on; NaN when one is NaN. */
  static double of(LossSensitivity.Norm norm, float[] values, int offset, int length) {
    double sum = 0;
    double largest = 0;
    for (int i = offset; i < offset + length; i++) {
      double value = Math.abs(values[i]);
      largest = Math.max(largest, value);
      sum += norm == LossSensitivity.Norm.L2 ? value * value : value;
    }
    return switch (norm) {
      case L1 -> sum;
      case L2 -> Math.sqrt(sum);
      case LINF -> largest;
      case UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("the norm is not one: " + norm);
    };
  }
}
