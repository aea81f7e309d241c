package dev.rote.corruption.datasets;

import dev.rote.corruption.formats.IdxFiles;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The first bytes of an IDX file of unsigned bytes: {@code 00 00 08}, the number of dimensions, and
 * the dimensions as big-endian uint32. Nothing is believed of it before its length is compared with
 * the file's.
 *
 * @param dimensions [n] of labels; [n, rows, columns] or [n, channels, rows, columns] of images
 */
record IdxHeader(List<Long> dimensions) {
  /** Bytes of the longest header. */
  static final int LONGEST = Integer.BYTES * 5;

  private static final int MAGIC = Integer.BYTES;
  private static final int UINT8 = 0x08;
  private static final int LARGEST_IMAGE = 1 << 18;

  /** Columns of the widest image that is rather channels at the end: grey, colour, transparency. */
  private static final int MOST_COLOURS = 4;

  private static final Map<Integer, String> TYPES =
      Map.of(
          0x09, "signed bytes",
          0x0B, "16-bit integers",
          0x0C, "32-bit integers",
          0x0D, "32-bit floats",
          0x0E, "64-bit floats");

  private static final Map<String, String> OTHERS =
      Map.of(
          "1f8b", "gzip; let its name end in .gz",
          "504b", "zip",
          "8950", "PNG",
          "ffd8", "JPEG",
          "934e", "NumPy",
          "8948", "HDF5");

  /** What a file is for. */
  enum Content {
    IMAGES("images", "00 00 08 03, or 00 00 08 04 with channels"),
    LABELS("labels", "00 00 08 01");

    private final String plural;
    private final String magic;

    Content(String plural, String magic) {
      this.plural = plural;
      this.magic = magic;
    }
  }

  /**
   * Reads a header.
   *
   * @param start the first {@link #LONGEST} bytes of the file, fewer when it has no more
   * @throws DatasetException when it is none of unsigned bytes, or not of that content
   */
  static IdxHeader read(NamedFile file, byte[] start, Content content) {
    checkMagic(file, start, content);
    IdxHeader header = new IdxHeader(IdxFiles.dimensions(file, start));
    header.checkDimensions(file, content);
    return header;
  }

  private static void checkMagic(NamedFile file, byte[] start, Content content) {
    String found =
        HexFormat.ofDelimiter(" ").formatHex(Arrays.copyOf(start, Math.min(start.length, MAGIC)));
    if (start.length < MAGIC || start[0] != 0 || start[1] != 0) {
      String other = OTHERS.get(found.replace(" ", "").substring(0, Math.min(4, start.length * 2)));
      throw file.unfit(
          "is no IDX file: it begins with "
              + (found.isEmpty() ? "nothing" : found)
              + (other == null ? "" : " (" + other + ")")
              + ", a file of "
              + content.plural
              + " with "
              + content.magic,
          "magic number",
          content.magic,
          found);
    }
    if (start[2] != UINT8) {
      String type = TYPES.get(start[2] & 0xFF);
      throw file.unfit(
          (type == null ? "holds an unknown type of numbers (" + found + ")" : "holds " + type)
              + ": "
              + content.plural
              + " must be unsigned bytes, "
              + (content == Content.IMAGES ? "0 to 255" : "one a label")
              + " (in NumPy: .astype('uint8'))",
          "magic number",
          content.magic,
          found);
    }
    int rank = start[3] & 0xFF;
    boolean fits = content == Content.IMAGES ? rank == 3 || rank == 4 : rank == 1;
    if (!fits) {
      throw file.unfit(
          "has "
              + rank
              + (rank == 1 ? " dimension" : " dimensions")
              + ", "
              + (content == Content.IMAGES
                  ? "images have 3 [n, rows, columns] or 4 [n, channels, rows, columns]"
                  : "labels have 1 [n]")
              + (content == Content.IMAGES && rank == 1 ? ": is it the file of the labels?" : "")
              + (content == Content.LABELS && (rank == 3 || rank == 4)
                  ? ": is it the file of the images?"
                  : ""),
          "magic number",
          content.magic,
          found);
    }
  }

  private void checkDimensions(NamedFile file, Content content) {
    if (dimensions.contains(0L)) {
      throw file.unfit(
          "is empty: its header says " + written() + " " + content.plural,
          "dimensions",
          "at least 1 each",
          written());
    }
    long values = 1;
    for (long dimension : dimensions.subList(1, dimensions.size())) {
      values *= dimension;
      if (values > LARGEST_IMAGE) {
        throw file.unfit(
            "has images of "
                + pixels()
                + ": one may have at most "
                + LARGEST_IMAGE
                + " values, channels times rows times columns",
            "values of one image",
            "at most " + LARGEST_IMAGE,
            pixels());
      }
    }
    if (dimensions.size() == 4
        && dimensions.get(3) <= MOST_COLOURS
        && dimensions.get(1) > MOST_COLOURS
        && dimensions.get(2) > dimensions.get(3)) {
      throw file.unfit(channelsLast(), "dimensions", "[n, channels, rows, columns]", written());
    }
  }

  private String channelsLast() {
    return "has the dimensions "
        + written()
        + ", which read as "
        + dimensions.get(1)
        + " channels of "
        + dimensions.get(2)
        + " x "
        + dimensions.get(3)
        + " pixels. If channels come last, write them first: [n, channels, rows, columns] (in NumPy:"
        + " images.transpose(0, 3, 1, 2)). If the images are as narrow as that, write rows and"
        + " columns exchanged (images.transpose(0, 1, 3, 2))";
  }

  /**
   * Compares the length that the header promises with the one that is there.
   *
   * @throws DatasetException with reason {@code DAMAGED}
   */
  void checkLength(NamedFile file, long found) {
    if (found != fileBytes()) {
      throw file.damaged(
          promise() + ", and it has " + found + (found < fileBytes() ? ": it is cut short" : ""),
          "size",
          "" + fileBytes(),
          "" + found);
    }
  }

  /** What the header says, as a sentence's beginning. */
  String promise() {
    String things =
        dimensions.size() == 1 ? items() + " labels" : items() + " images of " + pixels();
    return "should have " + fileBytes() + " bytes by its header (" + things + ")";
  }

  private String pixels() {
    return dimensions.stream().skip(1).map(String::valueOf).collect(Collectors.joining(" x "));
  }

  /** Such as {@code [60000, 28, 28]}. */
  private String written() {
    return dimensions.toString();
  }

  /** n. */
  long items() {
    return dimensions.get(0);
  }

  /** Bytes before the first item. */
  int bytes() {
    return MAGIC + Integer.BYTES * dimensions.size();
  }

  /** Bytes of the whole file. */
  long fileBytes() {
    long one = dimensions.stream().skip(1).reduce(1L, (a, b) -> a * b);
    return bytes() + items() * one;
  }

  /** Shape of an image. */
  ImageShape shape() {
    int at = dimensions.size() - 3;
    return new ImageShape(
        at == 0 ? 1 : Math.toIntExact(dimensions.get(1)),
        Math.toIntExact(dimensions.get(at + 1)),
        Math.toIntExact(dimensions.get(at + 2)));
  }
}
