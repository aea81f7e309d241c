package dev.rote.figures.study;

import dev.rote.figures.statistics.Detection;
import dev.rote.figures.statistics.DetectionCurve;
import dev.rote.figures.study.ScoreMetrics.Suspicion;
import dev.rote.v1.DetectionPanel;

/** How well a score of a trial finds the corrupted examples. */
public final class DetectionResult {
  /** Points of a curve, at 0, 0.01, … 1. */
  public static final int POINTS = 101;

  private final Detection numbers;
  private final double share;
  private final double[] heights;

  private DetectionResult(Detection numbers, double share, double[] heights) {
    this.numbers = numbers;
    this.share = share;
    this.heights = heights;
  }

  static DetectionResult of(Suspicion suspicion, DetectionPanel.Curve kind) {
    DetectionCurve curve = suspicion.curve();
    double[] heights = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      heights[i] =
          kind == DetectionPanel.Curve.PRECISION_RECALL
              ? curve.precisionAt(x(i))
              : curve.truePositiveRate(x(i));
    }
    return new DetectionResult(
        suspicion.detection(), curve.positives() / (double) suspicion.examples(), heights);
  }

  /** Areas and precision. */
  public Detection numbers() {
    return numbers;
  }

  /** Share of the examples that are to be found. */
  public double share() {
    return share;
  }

  /** Position of a point of the curve. */
  public static double x(int point) {
    return point / (POINTS - 1.0);
  }

  /** Height of the curve at a point; NaN where there is none. */
  public double height(int point) {
    return heights[point];
  }
}
