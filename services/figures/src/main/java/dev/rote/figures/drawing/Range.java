package dev.rote.figures.drawing;

import dev.rote.v1.Panel;
import dev.rote.v1.Series;
import java.util.List;

/**
 * Ends of an axis.
 *
 * @param low below {@code high}
 * @param high above {@code low}
 */
record Range(double low, double high) {
  private static final int STEPS = 5;
  /* Shares that come close to 1 are shown up to 1; shares far above 0 need not start at 0. */
  private static final double CLOSE_TO_ONE = 0.6;
  private static final double FAR_FROM_ZERO = 0.7;
  private static final double LEAST_SHARE = 0.05;

  /** Ends of the vertical axis that panels with the same quantity have in common. */
  static Range ofValues(List<Panel> panels) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double bandMin = Double.POSITIVE_INFINITY;
    double bandMax = Double.NEGATIVE_INFINITY;
    for (Panel panel : panels) {
      for (Series series : panel.getSeriesList()) {
        for (int i = 0; i < series.getYCount(); i++) {
          min = Math.min(min, series.getY(i));
          max = Math.max(max, series.getY(i));
          bandMin = Math.min(bandMin, series.getLow(i));
          bandMax = Math.max(bandMax, series.getHigh(i));
        }
      }
    }
    if (min > max) {
      return new Range(0, 1);
    }
    return min >= 0 && max <= 1
        ? share(bandMin, Math.min(1, bandMax))
        : round(min >= 0 ? 0 : bandMin, bandMax);
  }

  private static Range share(double min, double max) {
    double low = min > FAR_FROM_ZERO ? Math.floor(min * 20) / 20 : 0;
    if (max > CLOSE_TO_ONE) {
      return new Range(Math.min(low, 0.95), 1);
    }
    return round(0, Math.max(max, LEAST_SHARE));
  }

  private static Range round(double min, double max) {
    double high = max > min ? max : min + Math.max(1, Math.abs(min));
    double step = Ticks.step(min, high, STEPS, false);
    return new Range(step * Math.floor(min / step + 1e-9), step * Math.ceil(high / step - 1e-9));
  }

  /** Ends of the horizontal axis of one panel. */
  static Range ofPositions(Panel panel) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (Series series : panel.getSeriesList()) {
      for (double x : series.getXList()) {
        if (!panel.getLogX() || x > 0) {
          min = Math.min(min, x);
          max = Math.max(max, x);
        }
      }
    }
    if (min > max) {
      return new Range(panel.getLogX() ? 1 : 0, panel.getLogX() ? 10 : 1);
    }
    if (panel.getLogX()) {
      return max > min ? new Range(min, max) : new Range(min, 10 * min);
    }
    double low = min > 0 && min <= 0.05 * max ? 0 : min;
    return max > low ? new Range(low, max) : new Range(low - 0.5, low + 0.5);
  }
}
