package dev.rote.cli.output;

import com.google.gson.JsonElement;
import com.google.protobuf.Message;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;

/** Writes listings in the format asked for. */
public final class Printer {
  private final PrintWriter out;
  private final OutputFormat format;
  private final int columns;

  /** For a file or a pipe, whose lines may be of any length. */
  public Printer(PrintWriter out, OutputFormat format) {
    this(out, format, Integer.MAX_VALUE);
  }

  /**
   * @param columns of the terminal: a table that is wider is written in paragraphs
   */
  public Printer(PrintWriter out, OutputFormat format, int columns) {
    this.out = out;
    this.format = format;
    this.columns = columns;
  }

  /** Writes rows; JSON and YAML hold the whole messages, tables and CSV the columns. */
  public <T extends Message> void list(List<Column<T>> cells, List<T> rows) {
    list(cells, rows, Documents::tree);
  }

  /** Writes rows that are no messages; JSON and YAML hold what {@code json} makes of each. */
  public <T> void list(List<Column<T>> cells, List<T> rows, Function<T, JsonElement> json) {
    switch (format) {
      case TABLE -> lines(fitting(cells, rows));
      case CSV -> lines(Table.csv(cells, rows));
      case JSON -> out.println(Documents.json(Documents.array(rows, json)));
      case YAML -> out.println(Documents.yaml(Documents.array(rows, json)));
    }
    out.flush();
  }

  /** Writes rows that are parts of one message, which JSON and YAML hold. */
  public <T> void table(List<Column<T>> cells, List<T> rows, Message whole) {
    switch (format) {
      case TABLE -> lines(fitting(cells, rows));
      case CSV -> lines(Table.csv(cells, rows));
      case JSON -> out.println(Documents.json(whole));
      case YAML -> out.println(Documents.yaml(whole));
    }
    out.flush();
  }

  /** Writes rows as a table, whatever the format. */
  public <T> void table(List<Column<T>> cells, List<T> rows) {
    lines(fitting(cells, rows));
    out.flush();
  }

  private <T> List<String> fitting(List<Column<T>> cells, List<T> rows) {
    List<String> table = Table.aligned(cells, rows);
    boolean fits = table.stream().allMatch(line -> DisplayWidth.of(line) <= columns);
    return fits || rows.isEmpty() ? table : Paragraphs.of(cells, rows, columns);
  }

  private void lines(List<String> lines) {
    lines.forEach(out::println);
  }
}
