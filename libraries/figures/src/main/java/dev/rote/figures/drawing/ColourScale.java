package dev.rote.figures.drawing;

import dev.rote.v1.Figure;
import dev.rote.v1.HeatMap;
import java.util.stream.DoubleStream;

/** The logarithmic colour scale that all heat maps of a figure share. */
final class ColourScale {
  /** Of what has no place on the scale: values that are not above 0. */
  static final int NO_VALUE = 0xd9d9d9;

  private static final double LEAST_RATIO = 1.2;

  private final Range range;

  private ColourScale(Range range) {
    this.range = range;
  }

  static ColourScale of(Figure figure) {
    double low = values(figure).min().orElse(1);
    double high = values(figure).max().orElse(10);
    double widened = Math.max(1, Math.sqrt(LEAST_RATIO * low / high));
    return new ColourScale(new Range(low / widened, high * widened));
  }

  private static DoubleStream values(Figure figure) {
    return figure.getPanelsList().stream()
        .map(panel -> panel.getHeatMap())
        .flatMap((HeatMap map) -> map.getValuesList().stream())
        .mapToDouble(Double::doubleValue)
        .filter(value -> value > 0 && Double.isFinite(value));
  }

  Range range() {
    return range;
  }

  /** Colour of a value, {@code 0xrrggbb}. */
  int colour(double value) {
    return value > 0 && Double.isFinite(value)
        ? ColourRamp.VIRIDIS.at(new Scale(range.low(), range.high(), 0, 1, true).position(value))
        : NO_VALUE;
  }
}
