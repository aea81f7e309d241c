package dev.rote.figures.statistics;

/**
 * How well a number that is large for suspects finds the positives among N things, P of them
 * positive. Thresholds lie between different values: equal values are found together.
 *
 * @param auroc area under the curve of true against false positive rates: the probability that a
 *     positive has a larger value than a negative, equal ones counting half (J. A. Hanley, B. J.
 *     McNeil, Radiology 143, 1982); NaN without positives or without negatives
 * @param averagePrecision &Sigma; (R<sub>n</sub> - R<sub>n-1</sub>) P<sub>n</sub> over thresholds
 *     downwards, with recall R and precision P at each: no interpolation (G. Salton, M. J. McGill,
 *     1983; scikit-learn's {@code average_precision_score}); NaN without positives
 * @param precision share of positives among the P largest values; of values equal to the last of
 *     these, the expected share of a random choice; NaN without positives
 */
public record Detection(double auroc, double averagePrecision, double precision) {

  /**
   * The three numbers.
   *
   * @param suspicion float32[N] without NaN
   * @param positive which are to be found
   * @throws IllegalArgumentException when the lengths differ
   */
  public static Detection of(float[] suspicion, boolean[] positive) {
    DetectionCurve curve = DetectionCurve.of(suspicion, positive);
    return new Detection(curve.auroc(), curve.averagePrecision(), curve.precisionAtPositives());
  }
}
