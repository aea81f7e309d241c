package dev.rote.figures.drawing;

import dev.rote.v1.Series;
import java.util.Arrays;

/** One line of a panel: its band, the line itself and its markers. */
final class SeriesDrawing {
  private static final double MARKER_RADIUS = 2.1;
  private static final int EVERY_POINT_UP_TO = 16;
  private static final int MARKERS_OF_A_LONG_LINE = 6;

  private final Series series;
  private final Stroke stroke;
  private final Palette palette;
  private final double stagger;
  private final double[] x;
  private final double[] y;
  private final double[] low;
  private final double[] high;

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
    int count = series.getXCount();
    double[] px = new double[count];
    double[] py = new double[count];
    double[] plow = new double[count];
    double[] phigh = new double[count];
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (!toX.logarithmic() || series.getX(i) > 0) {
        px[kept] = toX.position(series.getX(i));
        py[kept] = toY.position(series.getY(i));
        plow[kept] = toY.position(series.getLow(i));
        phigh[kept++] = toY.position(series.getHigh(i));
      }
    }
    this.x = Arrays.copyOf(px, kept);
    this.y = Arrays.copyOf(py, kept);
    this.low = Arrays.copyOf(plow, kept);
    this.high = Arrays.copyOf(phigh, kept);
  }

  void drawBand(Canvas canvas, double opacity) {
    int n = x.length;
    if (n < 2 || Arrays.equals(low, high)) {
      return;
    }
    double[] edgeX = new double[2 * n];
    double[] edgeY = new double[2 * n];
    for (int i = 0; i < n; i++) {
      edgeX[i] = x[i];
      edgeY[i] = high[i];
      edgeX[2 * n - 1 - i] = x[i];
      edgeY[2 * n - 1 - i] = low[i];
    }
    canvas.area(edgeX, edgeY, stroke.colour(), opacity);
  }

  /** Draws the interval of a line of a single point, which has no band, as a bar. */
  private void drawBar(Canvas canvas) {
    if (x.length == 1 && low[0] != high[0]) {
      canvas.line(
          new double[] {x[0], x[0]},
          new double[] {low[0], high[0]},
          Stroke.solid(stroke.colour(), 1));
    }
  }

  /** Draws the line; points inside a level stretch are left out. */
  void drawLine(Canvas canvas) {
    int n = x.length;
    if (n < 2) {
      drawBar(canvas);
      return;
    }
    double[] keptX = new double[n];
    double[] keptY = new double[n];
    int kept = 0;
    for (int i = 0; i < n; i++) {
      boolean isInside = i > 0 && i < n - 1 && y[i] == y[i - 1] && y[i] == y[i + 1];
      if (!isInside) {
        keptX[kept] = x[i];
        keptY[kept++] = y[i];
      }
    }
    canvas.line(Arrays.copyOf(keptX, kept), Arrays.copyOf(keptY, kept), stroke);
  }

  void drawMarkers(Canvas canvas) {
    if (series.getLabel().isEmpty()) {
      return;
    }
    if (x.length <= EVERY_POINT_UP_TO) {
      for (int i = 0; i < x.length; i++) {
        drawMarker(canvas, i);
      }
      return;
    }
    for (int k = 0; k < MARKERS_OF_A_LONG_LINE; k++) {
      drawMarker(canvas, (int) ((k + stagger) / MARKERS_OF_A_LONG_LINE * x.length));
    }
  }

  private void drawMarker(Canvas canvas, int i) {
    palette
        .marker(series.getLabel())
        .draw(canvas, x[i], y[i], MARKER_RADIUS, stroke.colour(), series.getStyle() > 0);
  }
}
