package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.DatasetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The classes of a dataset, and which one each label of a file is.
 *
 * @param names in the order of the classes
 * @param ofCode class by number of the label
 */
public record Classes(List<String> names, List<Integer> ofCode) {
  private static final String FIELD = "variant.dataset.files.classes";
  private static final int NAMED = 8;

  public Classes {
    names = List.copyOf(names);
    ofCode = List.copyOf(ofCode);
  }

  /**
   * Classes by names or numbers that a specification says, else by what a file says itself, else
   * texts in alphabetical order, or numbers from 0 without a gap.
   *
   * @param said by the specification; empty for none
   * @param all whether each class must have an example
   * @throws DatasetException with reason {@code REFUSED} saying what to write
   */
  public static Classes of(Packed packed, List<String> said, boolean all) {
    List<String> names = said.isEmpty() ? inferred(packed) : said;
    Map<String, Integer> byName = new HashMap<>();
    for (int c = 0; c < names.size(); c++) {
      byName.put(names.get(c), c);
    }
    List<LabelCodes.Label> labels = packed.labels().labels();
    boolean numbered =
        labels.stream().allMatch(LabelCodes.Label::isNumber)
            && !names.stream().allMatch(Classes::isNumber);
    int[] ofCode = new int[labels.size()];
    long[] counts = new long[names.size()];
    for (int code = 0; code < labels.size(); code++) {
      LabelCodes.Label label = labels.get(code);
      Integer found =
          numbered
              ? label.number() >= 0 && label.number() < names.size() ? (int) label.number() : null
              : byName.get(label.words());
      if (found == null) {
        throw DatasetException.refused(
            FIELD,
            "must have the label "
                + FirstBytes.text(label.words())
                + " of "
                + label.first()
                + (numbered
                    ? ": there are "
                        + names.size()
                        + " names, of the numbers 0 to "
                        + (names.size() - 1)
                    : ": they are " + shown(names)));
      }
      ofCode[code] = found;
      counts[found] += packed.labels().count(code);
    }
    for (int c = 0; all && c < counts.length; c++) {
      if (counts[c] == 0) {
        throw DatasetException.refused(
            FIELD,
            "has the class "
                + FirstBytes.text(names.get(c))
                + ", of which there is no training example: leave it out");
      }
    }
    if (names.size() < 2) {
      throw DatasetException.refused(
          FIELD, "must be at least two, and all examples have the label " + shown(names));
    }
    return new Classes(names, Arrays.stream(ofCode).boxed().toList());
  }

  private static List<String> inferred(Packed packed) {
    if (!packed.names().isEmpty()) {
      return packed.names();
    }
    List<String> found = ordered(packed);
    boolean numbers = packed.labels().labels().stream().allMatch(LabelCodes.Label::isNumber);
    for (int c = 0; numbers && c < found.size(); c++) {
      if (!found.get(c).equals("" + c)) {
        throw DatasetException.refused(
            FIELD,
            "must be written, since labels do not number classes from 0 without a gap:"
                + " `classes: ["
                + shown(found)
                + "]` makes class 0 of the label "
                + found.get(0)
                + " and so on");
      }
    }
    return found;
  }

  /** The labels of a file: numbers by size, else texts in alphabetical order. */
  public static List<String> ordered(Packed packed) {
    List<LabelCodes.Label> labels = new ArrayList<>(packed.labels().labels());
    boolean numbers = labels.stream().allMatch(LabelCodes.Label::isNumber);
    labels.sort(
        numbers
            ? Comparator.comparingLong(LabelCodes.Label::number)
            : Comparator.comparing(LabelCodes.Label::words));
    return labels.stream().map(LabelCodes.Label::words).toList();
  }

  /** The names that a file says, or its labels in order. */
  public static List<String> proposed(Packed packed) {
    return packed.names().isEmpty() ? ordered(packed) : packed.names();
  }

  /** Whether classes need not be written. */
  public static boolean isPlain(Packed packed) {
    if (!packed.names().isEmpty()
        || packed.labels().labels().stream().noneMatch(LabelCodes.Label::isNumber)) {
      return true;
    }
    List<String> found = ordered(packed);
    for (int c = 0; c < found.size(); c++) {
      if (!found.get(c).equals("" + c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumber(String name) {
    return name.matches("-?[0-9]{1,18}");
  }

  private static String shown(List<String> names) {
    String few =
        names.stream()
            .limit(names.size() > NAMED + 1 ? NAMED : names.size())
            .map(FirstBytes::text)
            .collect(Collectors.joining(", "));
    return names.size() > NAMED + 1
        ? few + ", …, " + FirstBytes.text(names.get(names.size() - 1))
        : few;
  }

  /** The class of an example. */
  public int of(Packed packed, long index) {
    return ofCode.get(packed.code(index));
  }
}
