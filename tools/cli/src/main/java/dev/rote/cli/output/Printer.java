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

  public Printer(PrintWriter out, OutputFormat format) {
    this.out = out;
    this.format = format;
  }

  /** Writes rows; JSON and YAML hold the whole messages, tables and CSV the columns. */
  public <T extends Message> void list(List<Column<T>> columns, List<T> rows) {
    list(columns, rows, Documents::tree);
  }

  /** Writes rows that are no messages; JSON and YAML hold what {@code json} makes of each. */
  public <T> void list(List<Column<T>> columns, List<T> rows, Function<T, JsonElement> json) {
    switch (format) {
      case TABLE -> lines(Table.aligned(columns, rows));
      case CSV -> lines(Table.csv(columns, rows));
      case JSON -> out.println(Documents.json(Documents.array(rows, json)));
      case YAML -> out.println(Documents.yaml(Documents.array(rows, json)));
    }
    out.flush();
  }

  /** Writes rows that are parts of one message, which JSON and YAML hold. */
  public <T> void table(List<Column<T>> columns, List<T> rows, Message whole) {
    switch (format) {
      case TABLE -> lines(Table.aligned(columns, rows));
      case CSV -> lines(Table.csv(columns, rows));
      case JSON -> out.println(Documents.json(whole));
      case YAML -> out.println(Documents.yaml(whole));
    }
    out.flush();
  }

  private void lines(List<String> lines) {
    lines.forEach(out::println);
  }
}
