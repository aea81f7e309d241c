package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.NamedFile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Rows of a Parquet file, of which those columns are read that are asked for. */
final class ParquetCells implements LabelCells {
  private final ParquetFile parquet;
  private final List<String> names;
  private final Map<Integer, Cursor> cursors = new TreeMap<>();
  private @Nullable ColumnReadStoreImpl columns;
  private int group;
  private long within = -1;
  private long rows;
  private long row = -1;

  /** Where a column is read. */
  private static final class Cursor {
    private final ColumnReader column;
    private long at;

    Cursor(ColumnReader column) {
      this.column = column;
    }

    void to(long row) {
      for (; at < row; at++) {
        column.consume();
      }
    }

    boolean isMissing() {
      return column.getCurrentDefinitionLevel() < column.getDescriptor().getMaxDefinitionLevel();
    }
  }

  private ParquetCells(ParquetFile parquet) {
    this.parquet = parquet;
    this.names = parquet.schema().getFields().stream().map(Type::getName).toList();
  }

  static ParquetCells open(NamedFile file) {
    return new ParquetCells(ParquetFile.open(file));
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public boolean advance() {
    row++;
    within++;
    while (within == rows) {
      if (group == parquet.groups().size()) {
        return false;
      }
      columns = parquet.columns(parquet.groups().get(group));
      rows = parquet.groups().get(group).getRowCount();
      cursors.clear();
      within = 0;
      group++;
    }
    return true;
  }

  @Override
  public String place() {
    return "" + row;
  }

  @Override
  public double number(int column) {
    return read(
        column,
        cursor ->
            cursor.isMissing()
                ? Double.NaN
                : isText(cursor)
                    ? ofText(cursor.column.getBinary().toStringUsingUTF8())
                    : ParquetFile.number(cursor.column));
  }

  private static double ofText(String text) {
    return TextTable.isNumber(text) ? Double.parseDouble(text) : Double.NaN;
  }

  @Override
  public String text(int column) {
    return read(
        column,
        cursor ->
            cursor.isMissing()
                ? "nothing"
                : isText(cursor)
                    ? cursor.column.getBinary().toStringUsingUTF8()
                    : FirstBytes.text("" + ParquetFile.number(cursor.column)));
  }

  private static boolean isText(Cursor cursor) {
    return cursor.column.getDescriptor().getPrimitiveType().getPrimitiveTypeName()
        == PrimitiveTypeName.BINARY;
  }

  private interface Reading<T> {
    T of(Cursor cursor);
  }

  private <T> T read(int column, Reading<T> reading) {
    try {
      Cursor cursor = cursors.computeIfAbsent(column, this::cursor);
      cursor.to(within);
      return reading.of(cursor);
    } catch (RuntimeException e) {
      throw e instanceof DatasetException known
          ? known
          : parquet.broken("row " + row + " cannot be read", e);
    }
  }

  private Cursor cursor(int column) {
    ColumnDescriptor wanted = parquet.schema().getColumnDescription(flat(column));
    return new Cursor(Objects.requireNonNull(columns).getColumnReader(wanted));
  }

  /** A column that has one value a row. */
  private String[] flat(int column) {
    Type type = parquet.schema().getType(column);
    if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
      throw parquet
          .file()
          .unfit(
              "has several values a row in column "
                  + FirstBytes.text(type.getName())
                  + ": labels, indices and names of files have one",
              "column",
              "one value a row",
              type.getName());
    }
    return new String[] {type.getName()};
  }

  @Override
  public void close() {
    parquet.close();
  }
}
