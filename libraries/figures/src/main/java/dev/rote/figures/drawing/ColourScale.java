package dev.rote.figures.drawing;

import dev.rote.v1.Figure;
import dev.rote.v1.HeatMap;
import java.util.stream.DoubleStream;

/**
 * The colours of a heat map: the logarithmic scale that all such maps of a figure share, or that of
 * correlations from -1 to 1.
 */
final class ColourScale {
  /** Of what has no place on the scale. */
  static final int NO_VALUE = 0xd9d9d9;

  private static final double LEAST_RATIO = 1.2;

  private final Range range;
  private final boolean logarithmic;
  private final ColourRamp ramp;

  private ColourScale(Range range, boolean logarithmic, ColourRamp ramp) {
    this.range = range;
    this.logarithmic = logarithmic;
    this.ramp = ramp;
  }

  /** The scale of one of a figure's maps. */
  static ColourScale of(Figure figure, HeatMap map) {
    return isOfCorrelations(map)
        ? new ColourScale(new Range(-1, 1), false, ColourRamp.DIVERGING)
        : of(figure);
  }

  static boolean isOfCorrelations(HeatMap map) {
    return map.getScale() == HeatMap.Scale.CORRELATION;
  }

  /** The logarithmic scale of a figure. */
  static ColourScale of(Figure figure) {
    double low = values(figure).min().orElse(1);
    double high = values(figure).max().orElse(10);
    double widened = Math.max(1, Math.sqrt(LEAST_RATIO * low / high));
    return new ColourScale(new Range(low / widened, high * widened), true, ColourRamp.VIRIDIS);
  }

  private static DoubleStream values(Figure figure) {
    return figure.getPanelsList().stream()
        .map(panel -> panel.getHeatMap())
        .filter(map -> !isOfCorrelations(map))
        .flatMap((HeatMap map) -> map.getValuesList().stream())
        .mapToDouble(Double::doubleValue)
        .filter(value -> value > 0 && Double.isFinite(value));
  }

  Range range() {
    return range;
  }

  boolean isLogarithmic() {
    return logarithmic;
  }

  /** Colour of a value, {@code 0xrrggbb}. */
  int colour(double value) {
    return Double.isFinite(value) && (value > 0 || !logarithmic)
        ? ramp.at(new Scale(range.low(), range.high(), 0, 1, logarithmic).position(value))
        : NO_VALUE;
  }

  /** Colour at a share of the scale, from 0 at its low end. */
  int at(double share) {
    return ramp.at(share);
  }
}
