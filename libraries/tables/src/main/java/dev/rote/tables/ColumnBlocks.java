package dev.rote.tables;

import com.google.protobuf.ByteString;
import dev.rote.v1.ColumnBlock;
import dev.rote.v1.ColumnValues;
import dev.rote.v1.TableColumn;
import dev.rote.v1.TableHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rows as blocks of columns, messages of at most {@value #ROWS} rows. */
public final class ColumnBlocks implements RowSink, AutoCloseable {
  private static final int ROWS = 1024;

  private final List<Column> columns;
  private final Consumer<ColumnBlock> out;
  private final List<@Nullable Object[]> rows = new ArrayList<>(ROWS);

  /**
   * @param out takes in each block when it is full
   */
  public ColumnBlocks(Table table, Consumer<ColumnBlock> out) {
    this.columns = table.columns();
    this.out = out;
  }

  /** What is said of a table before its blocks. */
  public static TableHeader header(String sweepId, Table table) {
    TableHeader.Builder header =
        TableHeader.newBuilder().setSweepId(sweepId).setTable(table.name());
    for (Column column : table.columns()) {
      header.addColumns(
          TableColumn.newBuilder()
              .setName(column.name())
              .setType(TableColumn.Type.valueOf(column.type().name())));
    }
    return header.build();
  }

  /** The table that a header says. */
  public static Table table(TableHeader header) {
    return new Table(
        header.getTable(),
        header.getColumnsList().stream()
            .map(c -> new Column(c.getName(), Column.Type.valueOf(c.getType().name())))
            .toList());
  }

  @Override
  public void row(@Nullable Object[] values) {
    rows.add(values.clone());
    if (rows.size() == ROWS) {
      flush();
    }
  }

  private void flush() {
    ColumnBlock.Builder block = ColumnBlock.newBuilder().setRows(rows.size());
    for (int column = 0; column < columns.size(); column++) {
      block.addColumns(values(column));
    }
    rows.clear();
    out.accept(block.build());
  }

  private ColumnValues.Builder values(int column) {
    ColumnValues.Builder values = ColumnValues.newBuilder();
    byte[] missing = new byte[(rows.size() + 7) / 8];
    boolean any = false;
    for (int row = 0; row < rows.size(); row++) {
      Object value = rows.get(row)[column];
      if (value == null) {
        missing[row / 8] |= (byte) (1 << row % 8);
        any = true;
      }
      switch (columns.get(column).type()) {
        case TEXT -> values.addTexts(value == null ? "" : (String) value);
        case INTEGER -> values.addIntegers(value == null ? 0 : (Long) value);
        case FLOAT -> values.addFloats(value == null ? 0 : (Float) value);
        case DOUBLE -> values.addDoubles(value == null ? 0 : (Double) value);
        case FLAG -> values.addFlags(value != null && (Boolean) value);
      }
    }
    return any ? values.setMissing(ByteString.copyFrom(missing)) : values;
  }

  /** Hands on the last block. */
  @Override
  public void close() {
    if (!rows.isEmpty()) {
      flush();
    }
  }

  /** The rows of a block. */
  public static void rows(List<Column> columns, ColumnBlock block, RowSink sink)
      throws IOException {
    for (int row = 0; row < block.getRows(); row++) {
      @Nullable Object[] values = new Object[columns.size()];
      for (int column = 0; column < values.length; column++) {
        values[column] = value(columns.get(column).type(), block.getColumns(column), row);
      }
      sink.row(values);
    }
  }

  private static @Nullable Object value(Column.Type type, ColumnValues values, int row) {
    if (!values.getMissing().isEmpty() && Bits.isSet(values.getMissing(), row)) {
      return null;
    }
    return switch (type) {
      case TEXT -> values.getTexts(row);
      case INTEGER -> values.getIntegers(row);
      case FLOAT -> values.getFloats(row);
      case DOUBLE -> values.getDoubles(row);
      case FLAG -> values.getFlags(row);
    };
  }
}
