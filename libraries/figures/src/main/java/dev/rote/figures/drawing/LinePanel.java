package dev.rote.figures.drawing;

import dev.rote.v1.Panel;
import dev.rote.v1.Series;
import java.util.ArrayList;
import java.util.List;

/** A panel of lines and points with their 95 % intervals. */
final class LinePanel implements PanelDrawing {
  static final double LINE_WIDTH = 1.3;
  private static final double REFERENCE_WIDTH = 1.1;
  private static final double BAND_OPACITY = 0.16;
  private static final double OVERHANG = 1.5;
  private static final String KEY = "#555555";
  private static final String CENSORED = "not reached by all";
  private static final String DIVERGED = "diverged";

  private final Panel panel;
  private final PanelSize size;
  private final Palette palette;
  private final Typeface typeface;
  private final Range values;
  private final List<List<LegendEntry>> key;

  /**
   * A panel.
   *
   * @param values ends of the vertical axis
   */
  LinePanel(Panel panel, Range values, PanelSize size, Palette palette, Typeface typeface) {
    this.panel = panel;
    this.size = size;
    this.palette = palette;
    this.typeface = typeface;
    this.values = values;
    this.key = LegendEntry.rows(keyEntries(panel), size.plotWidth(), typeface);
  }

  @Override
  public int keyRows() {
    return key.size();
  }

  @Override
  public PanelSize size() {
    return size;
  }

  @Override
  public void draw(Canvas canvas, double left, double top, int keyRows) {
    double plotLeft = left + PanelSize.LEFT;
    double plotTop = top + PanelSize.TITLE + keyRows * LegendEntry.ROW_HEIGHT;
    double middle = plotLeft + size.plotWidth() / 2;
    PanelDrawing.drawTitle(canvas, panel.getTitle(), middle, top, size, typeface);
    double keyLeft = middle - LegendEntry.width(key, typeface) / 2;
    LegendEntry.draw(canvas, key, keyLeft, top + PanelSize.TITLE - 4, typeface);
    PlotAxes axes = new PlotAxes(panel, values, size, plotLeft, plotTop, typeface);
    axes.draw(canvas, left);
    if (panel.getSeriesCount() == 0) {
      PanelDrawing.drawNoData(canvas, middle, plotTop + size.plotHeight() / 2);
      return;
    }
    canvas.clip(
        plotLeft - OVERHANG,
        plotTop - OVERHANG,
        size.plotWidth() + 2 * OVERHANG,
        size.plotHeight() + 2 * OVERHANG);
    List<SeriesDrawing> drawings = drawings(axes.x(), axes.y());
    drawings.forEach(series -> series.drawIntervals(canvas, BAND_OPACITY));
    drawings.forEach(series -> series.drawLine(canvas));
    canvas.unclip();
    drawings.forEach(series -> series.drawMarkers(canvas));
  }

  private List<SeriesDrawing> drawings(Scale x, Scale y) {
    List<SeriesDrawing> drawings = new ArrayList<>();
    int count = panel.getSeriesCount();
    int lost = 0;
    for (int i = 0; i < count; i++) {
      Series series = panel.getSeries(i);
      drawings.add(
          new SeriesDrawing(series, stroke(series), palette, x, y, (i + 0.5) / count, lost));
      lost += DrawnPoints.of(panel, series).lost() > 0 ? 1 : 0;
    }
    return drawings;
  }

  private Stroke stroke(Series series) {
    double width = series.getLabel().isEmpty() ? REFERENCE_WIDTH : LINE_WIDTH;
    return new Stroke(palette.colour(series), width, LineStyles.dash(series.getStyle()));
  }

  private static List<LegendEntry> keyEntries(Panel panel) {
    List<LegendEntry> entries = new ArrayList<>();
    for (int style = 0; style < panel.getMetricsCount(); style++) {
      int wanted = style;
      List<Series> drawn =
          panel.getSeriesList().stream()
              .filter(series -> series.getStyle() == wanted)
              .filter(series -> !DrawnPoints.of(panel, series).isEmpty())
              .toList();
      if (drawn.isEmpty()) {
        continue;
      }
      boolean isReference = drawn.stream().allMatch(series -> series.getLabel().isEmpty());
      boolean isPlain = panel.getMetricsCount() == 1;
      boolean isOnlyBesideReferences =
          style == 0 && panel.getMetricsCount() == 2 && hasReference(panel) && !isReference;
      if (!isPlain && !isOnlyBesideReferences) {
        String colour = isReference ? Palette.REFERENCE : KEY;
        entries.add(
            LegendEntry.line(
                panel.getMetrics(style), new Stroke(colour, LINE_WIDTH, LineStyles.dash(style))));
      }
    }
    if (panel.getSeriesList().stream().anyMatch(series -> series.getCensoredCount() > 0)) {
      entries.add(LegendEntry.sign(CENSORED, KEY, LegendEntry.Sample.CENSORED));
    }
    if (panel.getSeriesList().stream().anyMatch(series -> series.getDivergedCount() > 0)) {
      entries.add(LegendEntry.sign(DIVERGED, KEY, LegendEntry.Sample.DIVERGED));
    }
    return entries;
  }

  private static boolean hasReference(Panel panel) {
    return panel.getSeriesList().stream().anyMatch(series -> series.getLabel().isEmpty());
  }
}
