package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.NamedFile;
import dev.rote.v1.LabelFile;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Labels of a user's own for the examples of a dataset, in a table or an array. */
public final class LabelListing {
  private static final int NONE = -1;

  private final NamedFile file;
  private final Known classes;
  private final int[] labels;

  private LabelListing(NamedFile file, Known classes, long examples) {
    this.file = file;
    this.classes = classes;
    this.labels = new int[Math.toIntExact(examples)];
    Arrays.fill(labels, NONE);
  }

  /**
   * The classes of a dataset.
   *
   * @param count how many
   * @param names in order; empty where they have numbers alone
   */
  public record Known(int count, List<String> names) {
    public Known {
      names = names.stream().allMatch(TextTable::isNumber) ? List.of() : List.copyOf(names);
    }
  }

  /**
   * Reads them.
   *
   * @param examples of the whole dataset
   * @param classes of the dataset; labels are their numbers, or their names
   * @param names index in the dataset by name of file; asked for where the file names files
   * @return classes by index in the dataset; -1 for an example that has none in the file
   * @throws DatasetException naming file and row when they are not labels of such a dataset
   */
  public static int[] read(
      NamedFile file,
      LabelFile wanted,
      long examples,
      Known classes,
      Supplier<Map<String, Integer>> names) {
    LabelListing listing = new LabelListing(file, classes, examples);
    try (LabelCells cells = open(file)) {
      if (!wanted.getFileColumn().isEmpty()) {
        int named = listing.column(cells.names(), wanted.getFileColumn(), "fileColumn");
        Map<String, Integer> known = names.get();
        listing.read(
            cells,
            listing.labelColumn(cells.names(), wanted, named),
            () -> listing.named(cells, named, known));
      } else if (!wanted.getIndexColumn().isEmpty()) {
        int index = listing.column(cells.names(), wanted.getIndexColumn(), "indexColumn");
        listing.read(
            cells,
            listing.labelColumn(cells.names(), wanted, index),
            () -> listing.index(cells, index));
      } else {
        listing.read(cells, listing.labelColumn(cells.names(), wanted, NONE), null);
      }
    }
    return listing.labels;
  }

  private static LabelCells open(NamedFile file) {
    String name = file.name().toLowerCase(Locale.ROOT);
    if (name.endsWith(".npy")) {
      return new ArrayCells(NumpyFiles.array(file).numbers());
    }
    if (name.matches(".*\\.(csv|tsv|txt)(\\.gz)?")) {
      return new TableCells(TextTable.open(file));
    }
    if (name.endsWith(".parquet")) {
      return ParquetCells.open(file);
    }
    if (name.matches(".*\\.pth?")) {
      return TorchCells.open(file);
    }
    throw file.unfit(
        "is of no kind that labels are read from: write them as .npy, .csv, .tsv, .txt, .parquet"
            + " or .pt",
        "ending",
        ".npy, .csv, .tsv, .txt, .parquet or .pt",
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
            + shown(names, others.length == 0 ? 0 : others[others.length - 1])
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
        .mapToObj(c -> shown(names, c))
        .collect(Collectors.joining(", ", "", names.size() > 12 ? ", …" : ""));
  }

  private static String shown(List<String> names, int column) {
    return names.get(column).isEmpty() ? "" + column : FirstBytes.text(names.get(column));
  }

  /**
   * @param whose example the label of the current row is; null: they are in the order of the rows
   */
  private void read(LabelCells cells, int column, @Nullable IntSupplier whose) {
    long row = 0;
    for (; cells.advance(); row++) {
      long example = whose == null ? row : whose.getAsInt();
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
    if (whose == null && row < labels.length) {
      throw file.unfit(
          "has "
              + row
              + " labels, and the dataset has "
              + labels.length
              + " training examples: there must be one for each, or say by `indexColumn` or"
              + " `fileColumn` which example each one is of",
          "number of labels",
          "" + labels.length,
          "" + row);
    }
  }

  private int index(LabelCells cells, int column) {
    return whole(cells, column, labels.length, "index", "it must be that of a training example");
  }

  private int named(LabelCells cells, int column, Map<String, Integer> names) {
    Integer example = names.get(cells.text(column));
    if (example == null) {
      throw file.unfit(
          "has a label in row "
              + cells.place()
              + " for "
              + FirstBytes.text(cells.text(column))
              + ", and no picture of the training files has that name: names are those within the"
              + " folder, or the last part alone where no two are alike",
          "row " + cells.place(),
          "a picture's name",
          cells.text(column));
    }
    return example;
  }

  private int label(LabelCells cells, int column) {
    if (Double.isNaN(cells.number(column))) {
      int named = classes.names().indexOf(cells.text(column));
      if (named >= 0) {
        return named;
      }
    }
    String rule =
        classes.names().isEmpty()
            ? "labels must be classes of the dataset"
            : "labels must be classes of the dataset, by name ("
                + shown(classes.names())
                + ") or by number";
    return whole(cells, column, classes.count(), "label", rule);
  }

  /** A whole number in [0, end). */
  private int whole(LabelCells cells, int column, int end, String what, String rule) {
    double value = cells.number(column);
    if (!(value >= 0 && value < end && value == Math.rint(value))) {
      String range = "0 to " + (end - 1);
      throw file.unfit(
          "has the "
              + what
              + " "
              + FirstBytes.text(cells.shown(column))
              + " in row "
              + cells.place()
              + ": "
              + rule
              + ", "
              + range,
          "row " + cells.place(),
          range,
          cells.shown(column));
    }
    return (int) value;
  }
}
