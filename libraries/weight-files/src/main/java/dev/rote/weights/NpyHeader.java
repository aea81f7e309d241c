package dev.rote.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The head of an npy file of version 1.0 (<a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the format</a>).
 * Arrays of objects, which are pickles, are refused and never looked at.
 */
final class NpyHeader {
  /** Bytes before the text. */
  static final int FIXED_BYTES = 10;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;
  private static final int LONGEST_TEXT = 4096;
  private static final Pattern TEXT =
      Pattern.compile(
          "\\{'descr': ?'([^']{1,16})', ?'fortran_order': ?(True|False),"
              + " ?'shape': ?\\(((?:\\d{1,18},? ?){0,64})\\),? ?\\} *\\n?");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private NpyHeader() {}

  /** The head of an array, padded as numpy pads it. */
  static byte[] of(WeightArray array) {
    String sizes = array.shape().stream().map(String::valueOf).collect(Collectors.joining(", "));
    String text =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s%s), }"
            .formatted(array.type().descr(), sizes, array.shape().size() == 1 ? "," : "");
    int length = text.length() + 1;
    int padding = Math.floorMod(-(FIXED_BYTES + length), ALIGNMENT);
    byte[] line = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(FIXED_BYTES + line.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) line.length)
        .put(line)
        .array();
  }

  /**
   * Bytes of the text.
   *
   * @param name of the array
   * @param fixed the first {@link #FIXED_BYTES} bytes
   */
  static int textBytes(String file, String name, ByteBuffer fixed) {
    byte[] magic = new byte[MAGIC.length];
    fixed.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw WeightFileException.of(file, "has " + name + ", which is no npy of version 1.0");
    }
    int length = Short.toUnsignedInt(fixed.getShort());
    if (length > LONGEST_TEXT) {
      throw WeightFileException.of(
          file, "has " + name + " with a header of " + length + " bytes; 4096 are read");
    }
    return length;
  }

  /** What the text describes. */
  static WeightArray parse(String file, String name, byte[] text) {
    Matcher header = TEXT.matcher(new String(text, StandardCharsets.ISO_8859_1));
    if (!header.matches()) {
      throw WeightFileException.of(
          file, "has " + name + " with a header that describes no array of numbers");
    }
    String descr = header.group(1);
    ArrayType type =
        ArrayType.ofDescr(descr)
            .orElseThrow(
                () ->
                    WeightFileException.of(
                        file,
                        "has "
                            + name
                            + " of a type that is not read: weights are '<f4', write"
                            + " x.astype(\"<f4\")"));
    List<Long> shape =
        NUMBER.matcher(header.group(3)).results().map(r -> Long.valueOf(r.group())).toList();
    if (header.group(2).equals("True") && shape.size() > 1) {
      throw WeightFileException.of(
          file, "has " + name + " column by column: write numpy.ascontiguousarray(x)");
    }
    return WeightArray.checked(file, name, type, shape);
  }
}
