package dev.rote.tables;

import dev.rote.figures.CsvField;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table as CSV (RFC 4180): a header, then a line a row. What is missing or no number is an
 * empty field; numbers are in the shortest form that reads back to the same bits.
 */
public final class CsvRows implements RowSink {
  private static final String END = "\r\n";

  private final List<Column> columns;
  private final Appendable out;

  /** Writes the header. */
  public CsvRows(List<Column> columns, Appendable out) throws IOException {
    this.columns = columns;
    this.out = out;
    for (int i = 0; i < columns.size(); i++) {
      out.append(i == 0 ? "" : ",").append(CsvField.text(columns.get(i).name()));
    }
    out.append(END);
  }

  @Override
  public void row(@Nullable Object[] values) throws IOException {
    for (int i = 0; i < columns.size(); i++) {
      out.append(i == 0 ? "" : ",").append(field(values[i]));
    }
    out.append(END);
  }

  private static String field(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof String text) {
      return CsvField.text(text);
    }
    if (value instanceof Number number && Double.isNaN(number.doubleValue())) {
      return "";
    }
    return value.toString();
  }
}
