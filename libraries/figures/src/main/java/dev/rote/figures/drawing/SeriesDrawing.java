package dev.rote.figures.drawing;

import dev.rote.v1.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One line of a panel: its intervals, the line itself and its markers. */
final class SeriesDrawing {
  private static final double MARKER_RADIUS = 2.1;
  private static final int EVERY_POINT_UP_TO = 16;
  private static final int MARKERS_OF_A_LONG_LINE = 6;
  private static final int BARS_UP_TO = 4;
  private static final double BAR_WIDTH = 0.8;

  private final Series series;
  private final Stroke stroke;
  private final Palette palette;
  private final double stagger;
  private final boolean hasBars;
  private final List<Point> points;

  /** A point and the ends of its intervals, in points of the drawing. */
  private record Point(
      double x, double y, double low, double high, double left, double right, boolean censored) {}

  /**
   * A line placed on its axes.
   *
   * @param stagger share in [0, 1) by which the markers of a long line are shifted, so that those
   *     of different lines do not cover each other
   */
  SeriesDrawing(
      Series series, Stroke stroke, Palette palette, Scale toX, Scale toY, double stagger) {
    this.series = series;
    this.stroke = stroke;
    this.palette = palette;
    this.stagger = stagger;
    this.points =
        IntStream.range(0, series.getXCount())
            .filter(i -> toX.has(series.getX(i)) && toY.has(series.getY(i)))
            .mapToObj(i -> point(series, i, toX, toY))
            .toList();
    this.hasBars = series.getXLowCount() > 0 || points.size() <= BARS_UP_TO;
  }

  private static Point point(Series series, int i, Scale toX, Scale toY) {
    double x = series.getX(i);
    return new Point(
        toX.position(x),
        toY.position(series.getY(i)),
        toY.nearestPosition(series.getLow(i)),
        toY.nearestPosition(series.getHigh(i)),
        toX.nearestPosition(i < series.getXLowCount() ? series.getXLow(i) : x),
        toX.nearestPosition(i < series.getXHighCount() ? series.getXHigh(i) : x),
        i < series.getCensoredCount() && series.getCensored(i) > 0);
  }

  /** Draws a band; bars for points that are few or have an interval in both directions. */
  void drawIntervals(Canvas canvas, double opacity) {
    if (hasBars) {
      points.forEach(point -> drawBars(canvas, point));
      return;
    }
    int n = points.size();
    if (points.stream().allMatch(point -> point.low() == point.high())) {
      return;
    }
    double[] edgeX = new double[2 * n];
    double[] edgeY = new double[2 * n];
    for (int i = 0; i < n; i++) {
      edgeX[i] = points.get(i).x();
      edgeY[i] = points.get(i).high();
      edgeX[2 * n - 1 - i] = points.get(i).x();
      edgeY[2 * n - 1 - i] = points.get(i).low();
    }
    canvas.area(edgeX, edgeY, stroke.colour(), opacity);
  }

  private void drawBars(Canvas canvas, Point point) {
    Stroke thin = Stroke.solid(stroke.colour(), BAR_WIDTH);
    if (point.low() != point.high()) {
      canvas.line(
          new double[] {point.x(), point.x()}, new double[] {point.low(), point.high()}, thin);
    }
    if (point.left() != point.right()) {
      canvas.line(
          new double[] {point.left(), point.right()}, new double[] {point.y(), point.y()}, thin);
    }
  }

  /** Draws the line; points inside a level stretch are left out. */
  void drawLine(Canvas canvas) {
    int n = points.size();
    if (n < 2) {
      return;
    }
    List<Point> kept = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      boolean isInside =
          i > 0
              && i < n - 1
              && points.get(i).y() == points.get(i - 1).y()
              && points.get(i).y() == points.get(i + 1).y();
      if (!isInside || series.getXLowCount() > 0) {
        kept.add(points.get(i));
      }
    }
    canvas.line(
        kept.stream().mapToDouble(Point::x).toArray(),
        kept.stream().mapToDouble(Point::y).toArray(),
        stroke);
  }

  void drawMarkers(Canvas canvas) {
    int n = points.size();
    if (n <= EVERY_POINT_UP_TO) {
      points.forEach(point -> drawMarker(canvas, point));
      return;
    }
    if (series.getLabel().isEmpty()) {
      return;
    }
    for (int k = 0; k < MARKERS_OF_A_LONG_LINE; k++) {
      drawMarker(canvas, points.get((int) ((k + stagger) / MARKERS_OF_A_LONG_LINE * n)));
    }
  }

  private void drawMarker(Canvas canvas, Point point) {
    Marker marker = palette.marker(series.getLabel());
    if (point.censored()) {
      marker.drawCensored(canvas, point.x(), point.y(), MARKER_RADIUS, stroke.colour());
    } else {
      marker.draw(
          canvas, point.x(), point.y(), MARKER_RADIUS, stroke.colour(), series.getStyle() > 0);
    }
  }
}
