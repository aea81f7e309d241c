package dev.rote.figures.drawing;

import dev.rote.v1.Panel;
import dev.rote.v1.Series;
import java.util.List;
import java.util.function.Function;

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
  private static final double MARGIN = 0.04;
  private static final double ROOM_FOR_ARROWS = 0.06;
  private static final double MOST_OF_A_BAND_ON_A_LOG_AXIS = 3;
  private static final double[] ROUND_DIGITS = {1, 2, 5, 10};

  /** Smallest and largest point and interval end of some lines. */
  private static final class Extent {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double bandMin = Double.POSITIVE_INFINITY;
    double bandMax = Double.NEGATIVE_INFINITY;

    void add(double point, double low, double high) {
      min = Math.min(min, point);
      max = Math.max(max, point);
      bandMin = Math.min(bandMin, low);
      bandMax = Math.max(bandMax, high);
    }

    boolean isEmpty() {
      return min > max;
    }
  }

  /** Whether a panel shows points with intervals in both directions. */
  static boolean isScatter(Panel panel) {
    return panel.getSeriesList().stream().anyMatch(series -> series.getXLowCount() > 0);
  }

  /** Ends of the vertical axis that panels with the same quantity have in common. */
  static Range ofValues(List<Panel> panels) {
    boolean isLogarithmic = panels.stream().anyMatch(Panel::getLogY);
    Extent extent =
        extent(panels, isLogarithmic, Series::getYList, Series::getLowList, Series::getHighList);
    if (extent.isEmpty()) {
      return isLogarithmic ? new Range(1, 10) : new Range(0, 1);
    }
    boolean arrows =
        panels.stream()
            .flatMap(panel -> panel.getSeriesList().stream())
            .anyMatch(series -> series.getCensoredCount() > 0);
    if (isLogarithmic) {
      return logarithmic(extent, arrows);
    }
    if (panels.stream().anyMatch(Range::isScatter)) {
      return tight(extent);
    }
    if (extent.min >= 0 && extent.max <= 1) {
      return share(extent.bandMin, Math.min(1, extent.bandMax));
    }
    double low = extent.min >= 0 ? 0 : Math.max(extent.bandMin, 2 * extent.min - extent.max);
    double high = Math.min(extent.bandMax, extent.max + Math.max(extent.max - low, 1e-9));
    return round(low, arrows ? high + ROOM_FOR_ARROWS * (high - low) : high);
  }

  private static Extent extent(
      List<Panel> panels,
      boolean positiveOnly,
      Function<Series, List<Double>> points,
      Function<Series, List<Double>> lows,
      Function<Series, List<Double>> highs) {
    Extent extent = new Extent();
    for (Panel panel : panels) {
      for (Series series : panel.getSeriesList()) {
        List<Double> values = points.apply(series);
        List<Double> low = lows.apply(series);
        List<Double> high = highs.apply(series);
        for (int i = 0; i < values.size(); i++) {
          double value = values.get(i);
          if (Double.isFinite(value) && (!positiveOnly || value > 0)) {
            extent.add(
                value, i < low.size() ? low.get(i) : value, i < high.size() ? high.get(i) : value);
          }
        }
      }
    }
    return extent;
  }

  private static Range share(double min, double max) {
    double low = min > FAR_FROM_ZERO ? Math.floor(min * 20) / 20 : 0;
    if (max > CLOSE_TO_ONE) {
      return new Range(Math.min(low, 0.95), 1);
    }
    return round(0, Math.max(max, LEAST_SHARE));
  }

  /** Ends close to the points: intervals count up to half the points' spread, shares up to 1. */
  private static Range tight(Extent extent) {
    boolean isShare = extent.min >= 0 && extent.max <= 1;
    double spread = Math.max(extent.max - extent.min, isShare ? LEAST_SHARE : 1e-9);
    double low = Math.max(extent.bandMin, extent.min - spread / 2) - MARGIN * spread;
    double high = Math.min(extent.bandMax, extent.max + spread / 2) + MARGIN * spread;
    return isShare ? round(Math.max(0, low), Math.min(1, high)) : round(low, high);
  }

  private static Range logarithmic(Extent extent, boolean arrows) {
    double low = Math.max(extent.bandMin, extent.min / MOST_OF_A_BAND_ON_A_LOG_AXIS);
    double high = Math.min(extent.bandMax, extent.max * MOST_OF_A_BAND_ON_A_LOG_AXIS);
    high = arrows ? high * Math.pow(high / low, ROOM_FOR_ARROWS) : high;
    double from = roundDigit(low, false);
    double to = roundDigit(high, true);
    return to > from ? new Range(from, to) : new Range(from, 10 * from);
  }

  /** The next number of the form 1, 2 or 5 times a power of ten. */
  private static double roundDigit(double value, boolean up) {
    double magnitude = Math.pow(10, Math.floor(Math.log10(value)));
    double round = up ? 10 : 1;
    for (double digit : ROUND_DIGITS) {
      if (up && digit * magnitude >= value * (1 - 1e-9)) {
        round = digit;
        break;
      }
      if (!up && digit * magnitude <= value * (1 + 1e-9)) {
        round = digit;
      }
    }
    return round * magnitude;
  }

  private static Range round(double from, double to) {
    double end = to > from ? to : from + Math.max(1, Math.abs(from));
    double step = Ticks.step(from, end, STEPS, false);
    return new Range(step * Math.floor(from / step + 1e-9), step * Math.ceil(end / step - 1e-9));
  }

  /** Ends of the horizontal axis of one panel. */
  static Range ofPositions(Panel panel) {
    Extent extent =
        extent(
            List.of(panel),
            panel.getLogX(),
            Series::getXList,
            Series::getXLowList,
            Series::getXHighList);
    if (extent.isEmpty()) {
      return new Range(panel.getLogX() ? 1 : 0, panel.getLogX() ? 10 : 1);
    }
    if (isScatter(panel)) {
      return tight(extent);
    }
    double min = extent.min;
    double max = extent.max;
    if (panel.getLogX()) {
      return max > min ? new Range(min, max) : new Range(min, 10 * min);
    }
    double low = min > 0 && min <= 0.05 * max ? 0 : min;
    return max > low ? new Range(low, max) : new Range(low - 0.5, low + 0.5);
  }
}
