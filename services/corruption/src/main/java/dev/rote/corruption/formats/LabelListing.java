package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.NamedFile;
import dev.rote.corruption.formats.NumberArray.Rows;
import dev.rote.v1.LabelFile;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Labels of a user's own for the examples of a dataset, in a table or an array. */
public final class LabelListing {
  private static final int NONE = -1;

  private final NamedFile file;
  private final int classes;
  private final int[] labels;

  private LabelListing(NamedFile file, int classes, long examples) {
    this.file = file;
    this.classes = classes;
    this.labels = new int[Math.toIntExact(examples)];
    Arrays.fill(labels, NONE);
  }

  /** Rows of numbers, gone through once. */
  private interface Cells extends AutoCloseable {
    /** Names of the columns; empty ones where they have none. */
    List<String> names();

    boolean advance();

    /** The row, as messages name it. */
    String place();

    /** A whole number; NaN for what is none. */
    double number(int column);

    /** What stands there, as messages show it. */
    String text(int column);

    @Override
    void close();
  }

  /**
   * Reads them.
   *
   * @param examples of the whole dataset
   * @param classes of the dataset
   * @return classes by index in the dataset; -1 for an example that has none in the file
   * @throws DatasetException naming file and row when they are not labels of such a dataset
   */
  public static int[] read(NamedFile file, LabelFile wanted, long examples, int classes) {
    LabelListing listing = new LabelListing(file, classes, examples);
    try (Cells cells = open(file)) {
      int index =
          wanted.getIndexColumn().isEmpty()
              ? NONE
              : listing.column(cells.names(), wanted.getIndexColumn(), "indexColumn");
      listing.read(cells, listing.labelColumn(cells.names(), wanted, index), index);
    }
    return listing.labels;
  }

  private static Cells open(NamedFile file) {
    String name = file.name().toLowerCase(Locale.ROOT);
    if (name.endsWith(".npy")) {
      return new ArrayCells(NumpyFiles.array(file).numbers());
    }
    if (name.matches(".*\\.(csv|tsv|txt)(\\.gz)?")) {
      return new TableCells(TextTable.open(file));
    }
    throw file.unfit(
        "is of no kind that labels are read from: write them as .npy, .csv, .tsv or .txt",
        "ending",
        ".npy, .csv, .tsv or .txt",
        name);
  }

  private int labelColumn(List<String> names, LabelFile wanted, int index) {
    if (!wanted.getColumn().isEmpty()) {
      return column(names, wanted.getColumn(), "column");
    }
    int named = names.indexOf("label");
    if (named >= 0 && named != index) {
      return named;
    }
    int[] others = IntStream.range(0, names.size()).filter(c -> c != index).toArray();
    if (others.length == 1) {
      return others[0];
    }
    throw file.unfit(
        "has the columns "
            + shown(names)
            + ", and none is called label: say which one holds the labels, such as `column: '"
            + (others.length == 0 ? 0 : others[0])
            + "'`",
        "column",
        "label",
        shown(names));
  }

  private int column(List<String> names, String wanted, String field) {
    int named = names.indexOf(wanted);
    if (named >= 0) {
      return named;
    }
    if (wanted.matches("\\d{1,5}") && Integer.parseInt(wanted) < names.size()) {
      return Integer.parseInt(wanted);
    }
    throw file.unfit(
        "has no column "
            + FirstBytes.text(wanted)
            + ": `"
            + field
            + "` must be one of "
            + shown(names),
        field,
        shown(names),
        wanted);
  }

  private static String shown(List<String> names) {
    return IntStream.range(0, names.size())
        .limit(12)
        .mapToObj(c -> names.get(c).isEmpty() ? "" + c : FirstBytes.text(names.get(c)))
        .collect(Collectors.joining(", ", "", names.size() > 12 ? ", …" : ""));
  }

  private void read(Cells cells, int column, int indexColumn) {
    long row = 0;
    for (; cells.advance(); row++) {
      long example = indexColumn == NONE ? row : index(cells, indexColumn);
      if (example >= labels.length) {
        throw file.unfit(
            "has more than "
                + labels.length
                + " labels, and the dataset has "
                + labels.length
                + " training examples: there must be one for each",
            "number of labels",
            "" + labels.length,
            "more");
      }
      if (labels[(int) example] != NONE) {
        throw file.unfit(
            "has a second label for the example " + example + " in row " + cells.place(),
            "row " + cells.place(),
            "one label for each",
            "two");
      }
      labels[(int) example] = label(cells, column);
    }
    if (indexColumn == NONE && row < labels.length) {
      throw file.unfit(
          "has "
              + row
              + " labels, and the dataset has "
              + labels.length
              + " training examples: there must be one for each, or say by `indexColumn` which"
              + " example each one is of",
          "number of labels",
          "" + labels.length,
          "" + row);
    }
  }

  private int index(Cells cells, int column) {
    return whole(cells, column, labels.length, "index", "it must be that of a training example");
  }

  private int label(Cells cells, int column) {
    return whole(cells, column, classes, "label", "labels must be classes of the dataset");
  }

  /** A whole number in [0, end). */
  private int whole(Cells cells, int column, int end, String what, String rule) {
    double value = cells.number(column);
    if (!(value >= 0 && value < end && value == Math.rint(value))) {
      String range = "0 to " + (end - 1);
      throw file.unfit(
          "has the "
              + what
              + " "
              + FirstBytes.text(cells.text(column))
              + " in row "
              + cells.place()
              + ": "
              + rule
              + ", "
              + range,
          "row " + cells.place(),
          range,
          cells.text(column));
    }
    return (int) value;
  }

  /** Rows of a table. */
  private static final class TableCells implements Cells {
    private final TextTable table;

    TableCells(TextTable table) {
      this.table = table;
    }

    @Override
    public List<String> names() {
      return table.names();
    }

    @Override
    public boolean advance() {
      return table.advance();
    }

    @Override
    public String place() {
      return table.place();
    }

    @Override
    public double number(int column) {
      String text = table.field(column).strip();
      return TextTable.isNumber(text) ? Double.parseDouble(text) : Double.NaN;
    }

    @Override
    public String text(int column) {
      return "\"" + table.field(column) + "\"";
    }

    @Override
    public void close() {
      table.close();
    }
  }

  /** Rows of an array [n] or [n, columns]. */
  private static final class ArrayCells implements Cells {
    private final NumberArray array;
    private final Rows rows;

    ArrayCells(NumberArray array) {
      if (array.dimensions().size() > 2) {
        throw array
            .file()
            .unfit(
                "has the dimensions " + array.dimensions() + ", labels have [n] or [n, columns]",
                "dimensions",
                "[n] or [n, columns]",
                array.dimensions().toString());
      }
      this.array = array;
      this.rows = array.open();
    }

    @Override
    public List<String> names() {
      return IntStream.range(0, array.rowValues()).mapToObj(column -> "").toList();
    }

    @Override
    public boolean advance() {
      return rows.advance();
    }

    @Override
    public String place() {
      return "" + rows.index();
    }

    @Override
    public double number(int column) {
      return rows.value(column);
    }

    @Override
    public String text(int column) {
      return "" + rows.value(column);
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
