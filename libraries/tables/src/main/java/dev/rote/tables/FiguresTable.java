package dev.rote.tables;

import dev.rote.v1.Figure;
import dev.rote.v1.HeatMap;
import dev.rote.v1.Panel;
import dev.rote.v1.Report;
import dev.rote.v1.Series;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row for each point of each line, and for each colour of a heat map; images are left out. */
final class FiguresTable implements ReportTable {
  private static final Table TABLE =
      new Table(
          "figures",
          List.of(
              Column.text("figure"),
              Column.integer("panel"),
              Column.text("panel_title"),
              Column.text("series"),
              Column.text("metric"),
              Column.float64("x"),
              Column.float64("x_low"),
              Column.float64("x_high"),
              Column.text("row"),
              Column.text("column"),
              Column.float64("mean"),
              Column.float64("low"),
              Column.float64("high"),
              Column.integer("repetitions"),
              Column.integer("censored"),
              Column.integer("diverged")));

  @Override
  public Table table() {
    return TABLE;
  }

  @Override
  public void rows(Report report, RowSink sink) throws IOException {
    for (Figure figure : report.getFiguresList()) {
      for (int i = 0; i < figure.getPanelsCount(); i++) {
        Panel panel = figure.getPanels(i);
        Object[] place = {figure.getName(), i + 1L, panel.getTitle()};
        for (Series series : panel.getSeriesList()) {
          line(place, panel, series, sink);
        }
        colours(place, panel.getHeatMap(), sink);
      }
    }
  }

  private static void line(Object[] place, Panel panel, Series series, RowSink sink)
      throws IOException {
    boolean measured = series.getStyle() < panel.getMetricsCount();
    boolean positions = series.getXLowCount() > 0;
    for (int i = 0; i < series.getXCount(); i++) {
      sink.row(
          row(
              place,
              series.getName(),
              measured ? panel.getMetrics(series.getStyle()) : null,
              series.getX(i),
              positions ? series.getXLow(i) : null,
              positions ? series.getXHigh(i) : null,
              null,
              null,
              series.getY(i),
              at(series.getLowList(), i),
              at(series.getHighList(), i),
              count(series.getRepetitionsList(), i),
              count(series.getCensoredList(), i),
              count(series.getDivergedList(), i)));
    }
  }

  private static @Nullable Double at(List<Double> values, int i) {
    return i < values.size() ? values.get(i) : null;
  }

  private static @Nullable Long count(List<Integer> counts, int i) {
    return i < counts.size() ? (Long) Integer.toUnsignedLong(counts.get(i)) : null;
  }

  private static void colours(Object[] place, HeatMap map, RowSink sink) throws IOException {
    int columns = map.getColumnsCount();
    for (int i = 0; i < map.getValuesCount(); i++) {
      sink.row(
          row(
              place,
              null,
              null,
              null,
              null,
              null,
              map.getRows(i / columns),
              map.getColumns(i % columns),
              map.getValues(i),
              null,
              null,
              Integer.toUnsignedLong(map.getRepetitions()),
              null,
              null));
    }
  }

  private static @Nullable Object[] row(Object[] place, @Nullable Object... values) {
    @Nullable Object[] row = new Object[place.length + values.length];
    System.arraycopy(place, 0, row, 0, place.length);
    System.arraycopy(values, 0, row, place.length, values.length);
    return row;
  }
}
