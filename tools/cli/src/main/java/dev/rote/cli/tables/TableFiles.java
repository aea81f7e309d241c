package dev.rote.cli.tables;

import dev.rote.tables.Column;
import dev.rote.tables.ColumnBlocks;
import dev.rote.tables.CsvRows;
import dev.rote.tables.SweepTables;
import dev.rote.v1.ExportTableRequest;
import dev.rote.v1.ExportTableRequest.Format;
import dev.rote.v1.ExportTableResponse;
import dev.rote.v1.SweepsServiceGrpc.SweepsServiceBlockingStub;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** The tables of a sweep as files. Each takes its name when it is whole. */
public final class TableFiles {
  private final SweepsServiceBlockingStub sweeps;
  private final Path folder;
  private final boolean csv;

  /**
   * @param sweeps without a deadline
   * @param folder made if it is not there
   * @param csv whether to write CSV, and not Parquet
   */
  public TableFiles(SweepsServiceBlockingStub sweeps, Path folder, boolean csv) {
    this.sweeps = sweeps;
    this.folder = folder;
    this.csv = csv;
  }

  /**
   * Writes all tables.
   *
   * @param sweep id or name
   * @param written told of each file
   */
  public void write(String sweep, Consumer<Path> written) throws IOException {
    for (String table : SweepTables.names()) {
      Iterator<ExportTableResponse> parts =
          sweeps.exportTable(
              ExportTableRequest.newBuilder()
                  .setSweep(sweep)
                  .setTable(table)
                  .setFormat(csv ? Format.COLUMNS : Format.PARQUET)
                  .build());
      /* A sweep that is not there leaves no folder behind. */
      boolean any = parts.hasNext();
      Files.createDirectories(folder);
      Path file = folder.resolve(table + (csv ? ".csv" : ".parquet"));
      Path part = folder.resolve(file.getFileName() + ".part");
      try {
        if (!any) {
          throw new IOException("the service sent nothing of the table " + table);
        }
        if (csv) {
          csv(parts, part);
        } else {
          parquet(parts, part);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
      written.accept(file);
    }
  }

  private static void parquet(Iterator<ExportTableResponse> parts, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      while (parts.hasNext()) {
        parts.next().getChunk().writeTo(out);
      }
    }
  }

  private static void csv(Iterator<ExportTableResponse> parts, Path file) throws IOException {
    List<Column> columns = ColumnBlocks.table(parts.next().getHeader()).columns();
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      CsvRows rows = new CsvRows(columns, out);
      while (parts.hasNext()) {
        ColumnBlocks.rows(columns, parts.next().getBlock(), rows);
      }
    }
  }
}
