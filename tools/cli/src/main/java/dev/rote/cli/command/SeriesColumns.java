package dev.rote.cli.command;

import dev.rote.cli.output.Column;
import dev.rote.cli.output.Numbers;
import dev.rote.figures.report.FigureTable;
import java.util.ArrayList;
import java.util.List;

/** The points of figures as a listing, with the columns of the report's own tables. */
final class SeriesColumns {
  private SeriesColumns() {}

  static List<Column<List<String>>> of(FigureTable points) {
    List<Column<List<String>>> columns = new ArrayList<>();
    for (int i = 0; i < points.header().size(); i++) {
      int at = i;
      String name = points.header().get(i);
      columns.add(
          FigureTable.isNumeric(name)
              ? new Column<>(name, true, row -> shown(row.get(at)), row -> row.get(at))
              : Column.text(name, row -> row.get(at)));
    }
    return columns;
  }

  private static String shown(String number) {
    return number.isEmpty() ? "-" : Numbers.text(Double.valueOf(number));
  }
}
