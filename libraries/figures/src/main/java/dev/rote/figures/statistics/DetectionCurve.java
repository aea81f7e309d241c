package dev.rote.figures.statistics;

import java.util.Arrays;

/**
 * Positives and negatives that are found as the threshold falls from value to value: the points of
 * ROC and precision-recall curves. See {@link Detection}.
 */
public final class DetectionCurve {
  private final long[] truePositives;
  private final long[] falsePositives;
  private final long positives;
  private final long negatives;

  private DetectionCurve(long[] truePositives, long[] falsePositives) {
    this.truePositives = truePositives;
    this.falsePositives = falsePositives;
    this.positives = truePositives[truePositives.length - 1];
    this.negatives = falsePositives[falsePositives.length - 1];
  }

  /**
   * The points, from nothing found to everything.
   *
   * @param suspicion float32[N] without NaN
   * @param positive which are to be found
   * @throws IllegalArgumentException when the lengths differ
   */
  public static DetectionCurve of(float[] suspicion, boolean[] positive) {
    if (suspicion.length != positive.length) {
      throw new IllegalArgumentException(
          "every value must be known to be of a positive or not: "
              + suspicion.length
              + " values, "
              + positive.length
              + " known");
    }
    float[] falling = new float[suspicion.length];
    for (int i = 0; i < falling.length; i++) {
      falling[i] = -suspicion[i];
    }
    int[] order = MidRanks.order(falling);
    long[] found = new long[order.length + 1];
    long[] wrong = new long[order.length + 1];
    int points = 1;
    for (int start = 0; start < order.length; ) {
      int end = MidRanks.tied(falling, order, start);
      int hits = 0;
      for (int i = start; i < end; i++) {
        hits += positive[order[i]] ? 1 : 0;
      }
      found[points] = found[points - 1] + hits;
      wrong[points] = wrong[points - 1] + (end - start) - hits;
      points++;
      start = end;
    }
    return new DetectionCurve(Arrays.copyOf(found, points), Arrays.copyOf(wrong, points));
  }

  /** P. */
  public long positives() {
    return positives;
  }

  double auroc() {
    if (positives == 0 || negatives == 0) {
      return Double.NaN;
    }
    double area = 0;
    for (int i = 1; i < truePositives.length; i++) {
      area +=
          (falsePositives[i] - falsePositives[i - 1])
              * ((truePositives[i] + truePositives[i - 1]) / 2.0);
    }
    return area / positives / negatives;
  }

  double averagePrecision() {
    double sum = 0;
    for (int i = 1; i < truePositives.length; i++) {
      sum += (truePositives[i] - truePositives[i - 1]) * precision(i);
    }
    return sum / positives;
  }

  double precisionAtPositives() {
    int i = 0;
    while (truePositives[i] + falsePositives[i] < positives) {
      i++;
    }
    if (i == 0) {
      return Double.NaN;
    }
    double before = truePositives[i - 1] + falsePositives[i - 1];
    double tied = truePositives[i] + falsePositives[i] - before;
    double share = (positives - before) / tied;
    return (truePositives[i - 1] + share * (truePositives[i] - truePositives[i - 1])) / positives;
  }

  private double precision(int i) {
    return truePositives[i] / (double) (truePositives[i] + falsePositives[i]);
  }

  /**
   * True positive rate at a false positive rate, on the straight lines between thresholds; NaN
   * where there is no curve.
   *
   * @param rate in [0, 1]
   */
  public double truePositiveRate(double rate) {
    if (positives == 0 || negatives == 0) {
      return Double.NaN;
    }
    double wanted = rate * negatives;
    int i = truePositives.length - 1;
    while (i > 0 && falsePositives[i - 1] >= wanted) {
      i--;
    }
    /* Of several points at one rate the last is the curve's. */
    if (falsePositives[i] == wanted) {
      while (i + 1 < falsePositives.length && falsePositives[i + 1] == wanted) {
        i++;
      }
      return truePositives[i] / (double) positives;
    }
    double share =
        (wanted - falsePositives[i - 1]) / (double) (falsePositives[i] - falsePositives[i - 1]);
    return (truePositives[i - 1] + share * (truePositives[i] - truePositives[i - 1])) / positives;
  }

  /**
   * Precision at the first threshold that finds this share of the positives; NaN without positives.
   *
   * @param recall in (0, 1]
   */
  public double precisionAt(double recall) {
    if (positives == 0) {
      return Double.NaN;
    }
    int i = 1;
    while (i < truePositives.length - 1 && truePositives[i] < recall * positives) {
      i++;
    }
    return precision(i);
  }
}
