package dev.rote.tables;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes as many scores as it is told to, in a process of its own. */
final class ManyRows {
  private ManyRows() {}

  public static void main(String[] arguments) throws IOException {
    Table table = new ScoresTable(List.of("level")).table();
    long rows = Long.parseLong(arguments[1]);
    try (OutputStream file =
            new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[0])), 1 << 16);
        ParquetRows out = new ParquetRows(table, file)) {
      for (long i = 0; i < rows; i++) {
        out.row(
            new Object[] {
              i / 50_000,
              "0123456789abcdef" + i / 50_000,
              "0.4",
              0L,
              "traced",
              10L,
              i % 50_000,
              i % 10,
              i % 9,
              false,
              i % 3 == 0,
              i % 7,
              "confidence",
              (float) Math.sin((double) i),
              false,
              "low"
            });
      }
    }
  }
}
