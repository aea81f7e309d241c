package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.ByteFile;
import dev.rote.corruption.datasets.NamedFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays of IDX files of every type that the format has: {@code 00 00 type dimensions}, sizes. */
public final class IdxFiles {
  private static final int MAGIC = Integer.BYTES;
  private static final int MOST_DIMENSIONS = 5;

  /** Bytes that hold every header. */
  static final int LONGEST = MAGIC + Integer.BYTES * MOST_DIMENSIONS;

  private IdxFiles() {}

  /** Whether bytes begin as such a file does. */
  static boolean begins(byte[] start) {
    return start.length >= MAGIC
        && start[0] == 0
        && start[1] == 0
        && type(start[2]) != null
        && start[3] >= 1
        && start[3] <= MOST_DIMENSIONS;
  }

  static NumberArray array(NamedFile file) {
    try (ByteFile bytes = ByteFile.open(file)) {
      return header(file, bytes.start(LONGEST)).checked(bytes.size());
    }
  }

  /**
   * What a header says, unchecked.
   *
   * @param start the first {@link #LONGEST} bytes, or all
   */
  static NumberArray header(NamedFile file, byte[] start) {
    NumberType type = start.length < MAGIC ? null : type(start[2]);
    if (!begins(start) || type == null) {
      throw file.unfit(
          "is no IDX file: it begins with " + FirstBytes.words(start),
          "magic number",
          "00 00, a type of 08 to 0e, and 1 to " + MOST_DIMENSIONS + " dimensions",
          FirstBytes.words(start));
    }
    List<Long> dimensions = dimensions(file, start);
    int length = MAGIC + Integer.BYTES * dimensions.size();
    return new NumberArray(
        file, file.name(), type, ByteOrder.BIG_ENDIAN, false, dimensions, length);
  }

  /**
   * The sizes after a magic number that was checked.
   *
   * @param start the first {@link #LONGEST} bytes, or all
   */
  public static List<Long> dimensions(NamedFile file, byte[] start) {
    int length = MAGIC + Integer.BYTES * start[3];
    if (start.length < length) {
      throw file.damaged(
          "ends after " + start.length + " bytes, inside its header of " + length,
          "size",
          "at least " + length,
          "" + start.length);
    }
    ByteBuffer sizes = ByteBuffer.wrap(start, MAGIC, length - MAGIC);
    List<Long> dimensions = new ArrayList<>();
    while (sizes.hasRemaining()) {
      dimensions.add(Integer.toUnsignedLong(sizes.getInt()));
    }
    return List.copyOf(dimensions);
  }

  private static @Nullable NumberType type(byte code) {
    return switch (code) {
      case 0x08 -> NumberType.UINT8;
      case 0x09 -> NumberType.INT8;
      case 0x0B -> NumberType.INT16;
      case 0x0C -> NumberType.INT32;
      case 0x0D -> NumberType.FLOAT32;
      case 0x0E -> NumberType.FLOAT64;
      default -> null;
    };
  }
}
