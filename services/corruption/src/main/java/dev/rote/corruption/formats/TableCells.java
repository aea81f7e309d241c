package dev.rote.corruption.formats;

import java.util.List;

/** Rows of a table. */
final class TableCells implements LabelCells {
  private final TextTable table;

  TableCells(TextTable table) {
    this.table = table;
  }

  @Override
  public List<String> names() {
    return table.names();
  }

  @Override
  public boolean advance() {
    return table.advance();
  }

  @Override
  public String place() {
    return table.place();
  }

  @Override
  public double number(int column) {
    String text = table.field(column).strip();
    return TextTable.isNumber(text) ? Double.parseDouble(text) : Double.NaN;
  }

  @Override
  public String text(int column) {
    return table.field(column).strip();
  }

  @Override
  public String shown(int column) {
    return "\"" + table.field(column) + "\"";
  }

  @Override
  public void close() {
    table.close();
  }
}
