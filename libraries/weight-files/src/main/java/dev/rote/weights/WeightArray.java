package dev.rote.weights;

import java.util.List;

/**
 * An array of a file: row-major values.
 *
 * @param name as the file has it
 * @param shape none for a single value; of less than 2<sup>31</sup> values in all
 */
public record WeightArray(String name, ArrayType type, List<Integer> shape) {
  private static final int MOST_AXES = 8;
  private static final int MOST_NAME = 200;

  public WeightArray {
    shape = List.copyOf(shape);
  }

  /** Number of values. */
  public int length() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  long bytes() {
    return (long) length() * type.bytes();
  }

  /**
   * An array as a file from elsewhere describes it.
   *
   * @param file for messages
   * @throws WeightFileException unless name and shape are within bounds
   */
  static WeightArray checked(String file, String name, ArrayType type, List<Long> shape) {
    if (shape.size() > MOST_AXES) {
      throw WeightFileException.of(
          file, "has an array of " + shape.size() + " axes, " + name + "; at most 8 are read");
    }
    long length = 1;
    boolean empty = shape.contains(0L);
    for (long size : shape) {
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw tooLarge(file, name, shape);
      }
      length = empty ? 0 : length * size;
      if (length > Integer.MAX_VALUE) {
        throw tooLarge(file, name, shape);
      }
    }
    return new WeightArray(name, type, shape.stream().map(Math::toIntExact).toList());
  }

  private static WeightFileException tooLarge(String file, String name, List<Long> shape) {
    return WeightFileException.of(
        file, "has an array of shape " + shape + ", " + name + "; at most 2^31 values are read");
  }

  /**
   * A name that can be shown.
   *
   * @throws WeightFileException unless it is of printable ASCII and of a bearable length
   */
  static String checkedName(String file, String name) {
    boolean shown = name.chars().allMatch(c -> c >= ' ' && c <= '~');
    if (name.isEmpty() || name.length() > MOST_NAME || !shown) {
      throw WeightFileException.of(
          file,
          "has an array whose name is not 1 to "
              + MOST_NAME
              + " printable characters of ASCII, but "
              + name.length()
              + " characters"
              + (shown ? "" : " with others"));
    }
    return name;
  }
}
