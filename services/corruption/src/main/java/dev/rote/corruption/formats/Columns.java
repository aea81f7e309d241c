package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.NamedFile;
import dev.rote.v1.FileSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which column of a table is the label, and which are features.
 *
 * @param label its position
 * @param features their positions, in order
 */
record Columns(int label, List<Integer> features) {
  private static final Set<String> LABELS =
      Set.of("label", "labels", "class", "target", "y", "fine_label", "category", "species");
  private static final int SHOWN = 12;
  private static final Set<String> INDICES = Set.of("", "unnamed: 0", "__index_level_0__");

  Columns {
    features = List.copyOf(features);
  }

  /**
   * Chooses by what is asked for, else by names: a label of one of the usual names or in the last
   * column, and as features all other columns of numbers but the index that pandas writes.
   *
   * @param names of the columns; empty ones where there are none
   * @param numeric whether a column holds numbers
   */
  static Columns of(FileSet set, List<String> names, List<Boolean> numeric, NamedFile file) {
    int label = label(set, names, file);
    List<Integer> features = new ArrayList<>();
    for (String feature : set.getFeaturesList()) {
      features.add(named(feature, "features", names, file));
    }
    boolean unnamed = names.stream().allMatch(String::isEmpty);
    if (features.isEmpty()) {
      for (int c = 0; c < names.size(); c++) {
        boolean index = !unnamed && INDICES.contains(names.get(c).toLowerCase(Locale.ROOT));
        if (c != label && numeric.get(c) && !index) {
          features.add(c);
        }
      }
    }
    if (features.isEmpty()) {
      throw file.unfit(
          "has no column of numbers beside the label", "features", "at least 1", "none");
    }
    if (features.size() > NumberArray.LARGEST_ROW) {
      throw file.unfit(
          "has " + features.size() + " features: at most " + NumberArray.LARGEST_ROW + " are read",
          "features",
          "at most " + NumberArray.LARGEST_ROW,
          "" + features.size());
    }
    return new Columns(label, features);
  }

  /** What was chosen and is not written. */
  List<String> notes(FileSet set, List<String> names) {
    List<String> notes = new ArrayList<>();
    if (set.getLabel().isEmpty()) {
      notes.add("labels are the column " + shown(label, names) + ": `label` names another");
    }
    if (set.getFeaturesList().isEmpty()) {
      notes.add(inferred(features.stream().map(column -> shown(column, names)).toList()));
    }
    return notes;
  }

  /**
   * Says which columns are inputs and how to choose others.
   *
   * @param features names of the columns
   */
  static String inferred(List<String> features) {
    return "inputs are "
        + list(features)
        + ": `features` beside `path` names others, such as `features: ["
        + features.get(0)
        + "]`";
  }

  /** Columns by their names, or their positions. */
  static String shown(List<Integer> columns, List<String> names) {
    return list(columns.stream().map(column -> shown(column, names)).toList());
  }

  private static String list(List<String> shown) {
    String first = String.join(", ", shown.subList(0, Math.min(SHOWN, shown.size())));
    int rest = shown.size() - SHOWN;
    return (shown.size() == 1 ? "the column " : "the columns ")
        + first
        + (rest > 0 ? " and " + rest + " more" : "");
  }

  private static String shown(int column, List<String> names) {
    String name = names.get(column);
    return name.isEmpty() ? "" + column : FirstBytes.text(name);
  }

  /** The column of labels. */
  static int label(FileSet set, List<String> names, NamedFile file) {
    if (!set.getLabel().isEmpty()) {
      return named(set.getLabel(), "label", names, file);
    }
    for (int c = 0; c < names.size(); c++) {
      if (LABELS.contains(names.get(c).toLowerCase(Locale.ROOT))) {
        return c;
      }
    }
    return names.size() - 1;
  }

  /** The column of that name, or at that position. */
  static int named(String wanted, String field, List<String> names, NamedFile file) {
    int found = names.indexOf(wanted);
    if (found >= 0) {
      return found;
    }
    if (!wanted.isEmpty() && wanted.length() < 7 && wanted.chars().allMatch(Character::isDigit)) {
      int number = Integer.parseInt(wanted);
      if (number < names.size()) {
        return number;
      }
    }
    throw unknown(wanted, field, names, file);
  }

  private static DatasetException unknown(
      String wanted, String field, List<String> names, NamedFile file) {
    List<String> shown = names.stream().limit(SHOWN).map(FirstBytes::text).toList();
    return file.unfit(
        "has no column "
            + FirstBytes.text(wanted)
            + ": `"
            + field
            + "` must be one of "
            + String.join(", ", shown)
            + (names.size() > shown.size()
                ? " and " + (names.size() - shown.size()) + " more"
                : ""),
        field,
        "a column",
        wanted);
  }
}
