package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.NamedFile;
import dev.rote.v1.FileSet;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Examples that are the rows of a table: features, and a label. */
final class TableReader implements ExampleReader {
  /** Rows that show whether a column numbers them. */
  private static final int ROWS_SEEN = 1000;

  private static final Pattern DECIMAL_COMMA = Pattern.compile("[-+]?\\d+,\\d+");

  private final TextTable table;
  private final FileSet set;
  private final Columns columns;
  private final float[] features;
  private final int[] dimensions;
  private final boolean whole;
  private long row;

  private TableReader(TextTable table, FileSet set, Columns columns) {
    this.table = table;
    this.set = set;
    this.columns = columns;
    this.features = new float[columns.features().size()];
    this.dimensions = new int[] {features.length};
    this.whole = true;
  }

  static TableReader open(NamedFile file, FileSet set) {
    TextTable table = TextTable.open(file);
    try {
      return new TableReader(table, set, Columns.of(set, table.names(), table.numeric(), file));
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
  public List<String> notes() {
    List<String> notes = new ArrayList<>(columns.notes(set, table.names()));
    List<Integer> texts = new ArrayList<>();
    for (int c = 0; c < table.names().size(); c++) {
      if (c != columns.label() && !table.numeric().get(c) && set.getFeaturesList().isEmpty()) {
        texts.add(c);
      }
    }
    List<Integer> numbering = new ArrayList<>(columns.features());
    List<Integer> commas = new ArrayList<>(texts);
    int rows = 0;
    for (; rows < ROWS_SEEN && table.advance(); rows++) {
      float number = rows;
      numbering.removeIf(c -> !isNumber(c, number) && !isNumber(c, number + 1));
      commas.removeIf(c -> !DECIMAL_COMMA.matcher(table.field(c).strip()).matches());
    }
    texts.removeAll(commas);
    if (!texts.isEmpty()) {
      notes.add("no input, since it holds text, is " + Columns.shown(texts, table.names()));
    }
    if (!commas.isEmpty()) {
      notes.add(
          "no input, since its numbers have a decimal comma, is "
              + Columns.shown(commas, table.names())
              + ": write them with a point");
    }
    if (rows > 2 && !numbering.isEmpty()) {
      notes.add(
          Columns.shown(numbering, table.names())
              + " counts the rows and is an input: leave it out by `features`");
    }
    return notes;
  }

  private boolean isNumber(int column, float number) {
    String text = table.field(column).strip();
    return TextTable.isNumber(text) && (float) Double.parseDouble(text) == number;
  }

  @Override
  public void close() {
    table.close();
  }
}
