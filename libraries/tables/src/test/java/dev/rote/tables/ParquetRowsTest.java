package dev.rote.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.v1.ColumnBlock;
import dev.rote.v1.TableHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read by another library. */
@SuppressWarnings("NullAway") // Takes @Nullable of an array's elements in a class file for none.
class ParquetRowsTest {
  private static final int ROWS = 900_000;
  private static final Table TABLE =
      new Table(
          "all",
          List.of(
              Column.text("text"),
              Column.integer("integer"),
              Column.float32("float"),
              Column.float64("double"),
              Column.flag("flag"),
              Column.text("never")));

  @TempDir private Path directory;

  private static @Nullable Object[] row(int i) {
    return i % 7 == 0
        ? new Object[TABLE.columns().size()]
        : new @Nullable Object[] {
          "ü" + i, Long.MIN_VALUE + i, i / 2f, i == 1 ? Double.NaN : i / 3.0, i % 2 == 0, null
        };
  }

  private static void write(OutputStream out) throws IOException {
    try (ParquetRows rows = new ParquetRows(TABLE, out)) {
      for (int i = 0; i < ROWS; i++) {
        rows.row(row(i));
      }
    }
  }

  @Test
  void rows_ofAllTypes_areReadByDuckDb() throws IOException, SQLException {
    Path file = directory.resolve("all.parquet");
    try (OutputStream out = Files.newOutputStream(file)) {
      write(out);
    }
    String from = " FROM '" + file + "'";
    try (DuckDb duck = new DuckDb()) {
      assertThat(duck.row("SELECT count(*), count(text), count(never)" + from))
          .containsExactly("900000", "771428", "0");
      assertThat(
              duck.row(
                  "SELECT \"integer\", \"float\", \"double\", flag"
                      + from
                      + " WHERE text = 'ü299998'"))
          .containsExactly("-9223372036854475810", "149999.0", "" + 299998 / 3.0, "true");
      assertThat(duck.row("SELECT isnan(\"double\")" + from + " WHERE text = 'ü1'"))
          .containsExactly("true");
      assertThat(
              duck.row("SELECT string_agg(column_type, ' ') FROM (DESCRIBE SELECT *" + from + ")"))
          .containsExactly("VARCHAR BIGINT FLOAT DOUBLE BOOLEAN VARCHAR");
      String groups =
          duck.row("SELECT num_row_groups FROM parquet_file_metadata('" + file + "')").get(0);
      assertThat(Integer.parseInt(groups)).as("row groups").isGreaterThan(1);
    }
  }

  @Test
  void rows_equal_areEqualBytes() throws IOException {
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    write(first);
    write(second);
    assertThat(first.toByteArray()).isEqualTo(second.toByteArray());
  }

  @Test
  void table_withoutRows_hasItsColumns() throws IOException, SQLException {
    Path file = directory.resolve("empty.parquet");
    try (OutputStream out = Files.newOutputStream(file)) {
      new ParquetRows(TABLE, out).close();
    }
    try (DuckDb duck = new DuckDb()) {
      assertThat(duck.row("SELECT count(text) FROM '" + file + "'")).containsExactly("0");
    }
  }

  @Test
  void blocks_giveTheRowsBack() throws IOException {
    List<ColumnBlock> blocks = new ArrayList<>();
    try (ColumnBlocks out = new ColumnBlocks(TABLE, blocks::add)) {
      for (int i = 0; i < 2500; i++) {
        out.row(row(i));
      }
    }
    TableHeader header = ColumnBlocks.header("s", TABLE);
    Table table = ColumnBlocks.table(TableHeader.parseFrom(header.toByteArray()));
    assertThat(table).isEqualTo(TABLE);
    assertThat(blocks).extracting(ColumnBlock::getRows).containsExactly(1024, 1024, 452);
    List<@Nullable Object[]> back = new ArrayList<>();
    for (ColumnBlock block : blocks) {
      ColumnBlocks.rows(table.columns(), ColumnBlock.parseFrom(block.toByteArray()), back::add);
    }
    assertThat(back).hasSize(2500);
    for (int i = 0; i < back.size(); i++) {
      assertThat(back.get(i)).as("row " + i).isEqualTo(row(i));
    }
  }
}
