package dev.rote.figures.drawing;

import dev.rote.v1.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One line of a panel: its intervals, the line itself and its markers. */
final class SeriesDrawing {
  private static final double MARKER_RADIUS = 2.1;
  private static final double SCATTERED_RADIUS = 1.1;
  private static final int EVERY_POINT_UP_TO = 16;
  private static final int MARKERS_OF_A_LONG_LINE = 6;
  private static final int BARS_UP_TO = 4;
  private static final double BAR_WIDTH = 0.8;
  private static final double FIRST_LOST = 5;
  private static final double NEXT_LOST = 7;

  private final Series series;
  private final Stroke stroke;
  private final Palette palette;
  private final double stagger;
  private final boolean hasBars;
  private final List<Point> points;
  private final List<Point> lost;

  /** A point and the ends of its intervals, in points of the drawing. */
  private record Point(
      double x,
      double y,
      double low,
      double high,
      double left,
      double right,
      boolean censored,
      boolean diverged) {}

  /**
   * A line placed on its axes.
   *
   * @param stagger share in [0, 1) by which the markers of a long line are shifted, so that those
   *     of different lines do not cover each other
   * @param linesLost lines before this one that have points without a value: their crosses lie
   *     lower
   */
  SeriesDrawing(
      Series series,
      Stroke stroke,
      Palette palette,
      Scale toX,
      Scale toY,
      double stagger,
      int linesLost) {
    this.series = series;
    this.stroke = stroke;
    this.palette = palette;
    this.stagger = stagger;
    this.points =
        IntStream.range(0, series.getXCount())
            .filter(i -> toX.has(series.getX(i)) && !Double.isNaN(series.getY(i)))
            .filter(i -> toY.has(series.getY(i)))
            .mapToObj(i -> point(series, i, toX, toY))
            .toList();
    double foot = toY.from() - FIRST_LOST - NEXT_LOST * linesLost;
    this.lost =
        IntStream.range(0, series.getXCount())
            .filter(i -> toX.has(series.getX(i)) && Double.isNaN(series.getY(i)))
            .mapToObj(i -> toX.position(series.getX(i)))
            .map(x -> new Point(x, foot, foot, foot, x, x, false, true))
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
        i < series.getCensoredCount() && series.getCensored(i) > 0,
        isCrossed(series, i));
  }

  /** Where repetitions have diverged: on a long line, where one more has. */
  private static boolean isCrossed(Series series, int i) {
    boolean isLong = series.getXCount() > EVERY_POINT_UP_TO;
    return diverged(series, i) > (isLong && i > 0 ? diverged(series, i - 1) : 0);
  }

  private static int diverged(Series series, int i) {
    return i < series.getDivergedCount() ? series.getDiverged(i) : 0;
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
    if (n < 2 || series.getScattered()) {
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
    drawShapes(canvas);
    Stream.concat(points.stream(), lost.stream())
        .filter(Point::diverged)
        .forEach(
            point ->
                Marker.drawDiverged(canvas, point.x(), point.y(), MARKER_RADIUS, stroke.colour()));
  }

  private void drawShapes(Canvas canvas) {
    int n = points.size();
    if (series.getScattered()) {
      Marker marker = palette.marker(series);
      points.forEach(
          point ->
              marker.draw(canvas, point.x(), point.y(), SCATTERED_RADIUS, stroke.colour(), false));
      return;
    }
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
    Marker marker = palette.marker(series);
    if (point.censored()) {
      marker.drawCensored(canvas, point.x(), point.y(), MARKER_RADIUS, stroke.colour());
    } else {
      marker.draw(
          canvas, point.x(), point.y(), MARKER_RADIUS, stroke.colour(), series.getStyle() > 0);
    }
  }
}
