package dev.rote.cli.output;

import dev.rote.figures.CsvField;
import dev.rote.spec.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of text as aligned columns or as CSV: pure functions from rows to lines. */
final class Table {
  private static final String GAP = "  ";

  private Table() {}

  /**
   * Header in capitals, then a line a row; no trailing blanks. What would steer a terminal is
   * escaped.
   */
  static <T> List<String> aligned(List<Column<T>> columns, List<T> rows) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(columns.stream().map(c -> c.name().toUpperCase(Locale.ROOT)).toList());
    rows.forEach(
        row ->
            cells.add(columns.stream().map(c -> VisibleText.line(c.shown().apply(row))).toList()));
    int[] widths = new int[columns.size()];
    for (List<String> line : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], DisplayWidth.of(line.get(i)));
      }
    }
    return cells.stream().map(line -> join(line, widths, columns)).toList();
  }

  private static <T> String join(List<String> line, int[] widths, List<Column<T>> columns) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = line.get(i);
      String padding = " ".repeat(widths[i] - DisplayWidth.of(cell));
      text.append(i == 0 ? "" : GAP);
      text.append(columns.get(i).numeric() ? padding + cell : cell + padding);
    }
    return text.toString().stripTrailing();
  }

  /** Header, then a line a row, fields as {@link CsvField} writes them. */
  static <T> List<String> csv(List<Column<T>> columns, List<T> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", columns.stream().map(c -> CsvField.text(c.name())).toList()));
    for (T row : rows) {
      lines.add(String.join(",", columns.stream().map(c -> field(c, row)).toList()));
    }
    return lines;
  }

  private static <T> String field(Column<T> column, T row) {
    String field = column.exact().apply(row);
    return column.numeric() ? CsvField.number(field) : CsvField.text(field);
  }
}
