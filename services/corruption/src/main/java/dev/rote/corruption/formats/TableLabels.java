package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.NamedFile;
import dev.rote.v1.FileSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Labels that are a column of a table. */
final class TableLabels implements LabelReader {
  private static final Set<String> NAMES =
      Set.of("file", "filename", "file_name", "image", "path", "name");

  /* Of a name and a label. */
  private static final int BYTES_OF_A_ROW = 256;

  private static final int MOST_FILES =
      (int) Math.min(10_000_000, Runtime.getRuntime().maxMemory() / BYTES_OF_A_ROW);

  private final TextTable table;
  private final int column;

  private TableLabels(TextTable table, int column) {
    this.table = table;
    this.column = column;
  }

  static TableLabels open(NamedFile file, FileSet set) {
    TextTable table = TextTable.open(file);
    try {
      return new TableLabels(table, Columns.label(set, table.names(), file));
    } catch (DatasetException e) {
      table.close();
      throw e;
    }
  }

  /** Labels by the names of files, of a table that has a column of each. */
  static Map<String, String> byFile(NamedFile file, FileSet set) {
    try (TextTable table = TextTable.open(file)) {
      List<String> names = table.names();
      int label = Columns.label(set, names, file);
      int named =
          set.getImage().isEmpty() ? -1 : Columns.named(set.getImage(), "image", names, file);
      for (int c = 0; named < 0 && c < names.size(); c++) {
        named = NAMES.contains(names.get(c).toLowerCase(Locale.ROOT)) ? c : -1;
      }
      int from = named >= 0 ? named : label == 0 && names.size() > 1 ? 1 : 0;
      if (from == label) {
        throw file.unfit(
            "has one column: a table of labels has the names of files in one and labels in another",
            "columns",
            "at least 2",
            "1");
      }
      Map<String, String> labels = new HashMap<>();
      while (table.advance()) {
        if (labels.size() == MOST_FILES) {
          throw file.unfit(
              "has more than " + MOST_FILES + " rows, which this service's memory holds",
              "rows",
              "at most " + MOST_FILES,
              "more");
        }
        String before = labels.put(table.field(from).strip(), table.field(label).strip());
        if (before != null) {
          throw file.unfit(
              "has a second row for "
                  + FirstBytes.text(table.field(from))
                  + ", row "
                  + table.place(),
              "file",
              "once each",
              "twice");
        }
      }
      return labels;
    }
  }

  @Override
  public boolean next(Example into) {
    if (!table.advance()) {
      return false;
    }
    table.label(column, into);
    return true;
  }

  @Override
  public String name() {
    return table.file().name();
  }

  @Override
  public void close() {
    table.close();
  }
}
