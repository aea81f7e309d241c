package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.NamedFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header of a {@code .npy} file (numpy.lib.format, versions 1 to 3): a dictionary written in
 * Python, of which this reads the three entries that there are, and nothing else.
 *
 * @param type null: texts of {@code textBytes} bytes each
 * @param textBytes bytes of one text; 0 for numbers
 * @param wideText whether a character of a text has four bytes, not one
 * @param length bytes before the first value
 */
record NumpyHeader(
    @Nullable NumberType type,
    int textBytes,
    boolean wideText,
    ByteOrder order,
    boolean columnMajor,
    List<Long> dimensions,
    int length) {
  /** Bytes that are enough for every header that is read. */
  static final int LONGEST = 1 << 16;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MOST_DIMENSIONS = 5;
  private static final int LONGEST_TEXT = 1 << 12;
  private static final Pattern DESCRIPTION = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\sL]*)\\)");
  private static final Pattern TYPE = Pattern.compile("([<>|=])([a-zA-Z])([0-9]{0,6})");
  private static final Map<String, NumberType> TYPES =
      Map.ofEntries(
          Map.entry("b1", NumberType.BOOL),
          Map.entry("u1", NumberType.UINT8),
          Map.entry("i1", NumberType.INT8),
          Map.entry("u2", NumberType.UINT16),
          Map.entry("i2", NumberType.INT16),
          Map.entry("u4", NumberType.UINT32),
          Map.entry("i4", NumberType.INT32),
          Map.entry("u8", NumberType.UINT64),
          Map.entry("i8", NumberType.INT64),
          Map.entry("f2", NumberType.FLOAT16),
          Map.entry("f4", NumberType.FLOAT32),
          Map.entry("f8", NumberType.FLOAT64));

  NumpyHeader {
    dimensions = List.copyOf(dimensions);
  }

  /** The type of numbers that NumPy calls by a letter and its bytes, such as {@code i8}. */
  static Optional<NumberType> typeOf(String name) {
    return Optional.ofNullable(TYPES.get(name));
  }

  /** Whether bytes begin as such a file does. */
  static boolean begins(byte[] start) {
    return start.length >= MAGIC.length
        && ByteBuffer.wrap(start, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
  }

  /**
   * Reads a header.
   *
   * @param name what messages call the array
   * @param start the first {@link #LONGEST} bytes, or all
   */
  static NumpyHeader read(NamedFile file, String name, byte[] start) {
    if (!begins(start)) {
      throw file.unfit(
          "is no NumPy array: " + name + " begins with " + FirstBytes.words(start),
          "magic number",
          "93 4e 55 4d 50 59",
          FirstBytes.words(start));
    }
    int version = start.length > MAGIC.length ? start[MAGIC.length] : 0;
    int before = version == 1 ? 10 : 12;
    if (version < 1 || version > 3 || start.length < before) {
      throw file.damaged(
          "has a header of version " + version + " in " + name + ", and there are 1 to 3",
          "version",
          "1 to 3",
          "" + version);
    }
    ByteBuffer bytes = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    long text = version == 1 ? bytes.getShort(8) & 0xFFFF : Integer.toUnsignedLong(bytes.getInt(8));
    if (before + text > start.length) {
      throw file.damaged(
          "ends within the header of " + name + ", or has one that is too long: " + text + " bytes",
          "header",
          "at most " + (start.length - before),
          "" + text);
    }
    return parse(
        file,
        name,
        new String(start, before, (int) text, StandardCharsets.UTF_8),
        (int) (before + text));
  }

  private static NumpyHeader parse(NamedFile file, String name, String header, int length) {
    String description = found(DESCRIPTION, header);
    String columnMajor = found(ORDER, header);
    String shape = found(SHAPE, header);
    if (description == null || columnMajor == null || shape == null) {
      boolean fields = Pattern.compile("'descr'\\s*:\\s*\\[").matcher(header).find();
      throw fields
          ? file.unfit(
              "has records in " + name + ": write an array of numbers of one type",
              "type",
              "numbers",
              "records")
          : file.damaged(
              "has a header in " + name + " that is none of NumPy",
              "header",
              "descr, fortran_order," + " shape",
              FirstBytes.text(header));
    }
    Matcher type = TYPE.matcher(description);
    if (!type.matches()) {
      throw other(file, name, description);
    }
    ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    NumberType numbers = TYPES.get(type.group(2) + type.group(3));
    boolean wide = type.group(2).equals("U");
    boolean texts = (wide || type.group(2).equals("S")) && !type.group(3).isEmpty();
    if (numbers == null && !texts) {
      throw other(file, name, description);
    }
    int bytes = numbers != null ? 0 : Integer.parseInt(type.group(3)) * (wide ? 4 : 1);
    if (numbers == null && (bytes == 0 || bytes > LONGEST_TEXT)) {
      throw other(file, name, description);
    }
    return new NumpyHeader(
        numbers, bytes, wide, order, columnMajor.equals("True"), shape(file, name, shape), length);
  }

  private static @Nullable String found(Pattern pattern, String header) {
    Matcher matcher = pattern.matcher(header);
    return matcher.find() ? matcher.group(1) : null;
  }

  private static DatasetException other(NamedFile file, String name, String description) {
    boolean objects = description.contains("O");
    return file.unfit(
        objects
            ? "holds Python objects in "
                + name
                + ", which would have to be run to be read: write numbers"
                + " (np.array(x.tolist(), dtype=...), or .astype('int64'))"
            : "has values of the type "
                + FirstBytes.text(description)
                + " in "
                + name
                + ": write integers, floats or truth values (.astype('float32'))",
        "type",
        "numbers",
        FirstBytes.text(description));
  }

  private static List<Long> shape(NamedFile file, String name, String shape) {
    List<Long> dimensions = new ArrayList<>();
    for (String part : shape.replace("L", "").split(",", -1)) {
      String digits = part.strip();
      if (digits.isEmpty()) {
        continue;
      }
      if (digits.length() > 12 || !digits.chars().allMatch(Character::isDigit)) {
        throw file.damaged(
            "has the dimensions (" + FirstBytes.text(shape) + ") in " + name,
            "dimensions",
            "whole numbers",
            FirstBytes.text(shape));
      }
      dimensions.add(Long.parseLong(digits));
    }
    if (dimensions.isEmpty() || dimensions.size() > MOST_DIMENSIONS) {
      throw file.unfit(
          "has "
              + dimensions.size()
              + " dimensions in "
              + name
              + ": the first must be the examples'",
          "dimensions",
          "1 to " + MOST_DIMENSIONS,
          "" + dimensions.size());
    }
    return dimensions;
  }

  /** Bytes of all values; {@link Long#MAX_VALUE} for more than a file can have. */
  long valueBytes() {
    long bytes = type == null ? textBytes : type.bytes();
    for (long dimension : dimensions) {
      if (dimension != 0 && bytes > Long.MAX_VALUE / dimension) {
        return Long.MAX_VALUE;
      }
      bytes *= dimension;
    }
    return bytes;
  }
}
