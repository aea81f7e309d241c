package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.NamedFile;
import dev.rote.v1.FileSet;

/** Examples that are the rows of a table: features, and a label. */
final class TableReader implements ExampleReader {
  private final TextTable table;
  private final Columns columns;
  private final float[] features;
  private final int[] dimensions;
  private final boolean whole;
  private long row;

  private TableReader(TextTable table, Columns columns) {
    this.table = table;
    this.columns = columns;
    this.features = new float[columns.features().size()];
    this.dimensions = new int[] {features.length};
    this.whole = true;
  }

  static TableReader open(NamedFile file, FileSet set) {
    TextTable table = TextTable.open(file);
    try {
      return new TableReader(table, Columns.of(set, table.names(), table.numeric(), file));
    } catch (DatasetException e) {
      table.close();
      throw e;
    }
  }

  @Override
  public boolean next(Example into) {
    if (!table.advance()) {
      return false;
    }
    for (int f = 0; f < features.length; f++) {
      features[f] = table.number(columns.features().get(f));
    }
    into.numbers(features, dimensions, whole);
    table.label(columns.label(), into);
    into.place("row " + row++ + " of " + table.file().name());
    return true;
  }

  @Override
  public void close() {
    table.close();
  }
}
