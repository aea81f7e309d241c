package dev.rote.cli.adversarial;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.v1.Shape;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * The header of an IDX file of images; dimensions are big-endian uint32.
 *
 * @param isFloat whether pixels are big-endian float32, else unsigned bytes
 * @param rank 3 [n, rows, columns] or 4 [n, channels, rows, columns]
 * @param images n
 */
record ImageHeader(boolean isFloat, int rank, long images, Shape shape) {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final int FLOAT32 = 0x0D;
  private static final int LARGEST_SIDE = 4096;
  private static final int LARGEST_IMAGE = 1 << 18;

  /** Columns of the widest image that is rather channels at the end: grey, colour, transparency. */
  private static final int MOST_COLOURS = 4;

  private static final Map<Integer, String> OTHER_TYPES =
      Map.of(
          0x09, "signed bytes",
          0x0B, "16-bit integers",
          0x0C, "32-bit integers",
          0x0E, "64-bit floats");

  /**
   * Reads a header.
   *
   * @throws CommandFailure when it is not that of images
   */
  static ImageHeader read(Path file, InputStream in) throws IOException {
    byte[] magic = in.readNBytes(Integer.BYTES);
    if (magic.length < Integer.BYTES) {
      throw new EOFException();
    }
    int type = magic[2] & 0xFF;
    int rank = magic[3] & 0xFF;
    boolean idx = magic[0] == 0 && magic[1] == 0;
    if (idx && OTHER_TYPES.containsKey(type)) {
      throw refused(
          file,
          "holds "
              + OTHER_TYPES.get(type)
              + ": images must be unsigned bytes, which are divided by 255 (in NumPy:"
              + " .astype('uint8')), or 32-bit floats in [0, 1] (.astype('>f4'))");
    }
    if (!idx || (type != UNSIGNED_BYTE && type != FLOAT32)) {
      throw refused(
          file,
          String.format(
              "is no IDX file of images: it begins with %02x %02x %02x %02x, expected 00 00 08 03, 00"
                  + " 00 08 04, 00 00 0d 03 or 00 00 0d 04",
              magic[0], magic[1], magic[2], magic[3]));
    }
    if (rank != 3 && rank != 4) {
      throw refused(
          file,
          String.format(
              "has %d dimension%s, images have 3 [n, rows, columns] or 4 [n, channels, rows,"
                  + " columns]%s",
              rank, rank == 1 ? "" : "s", rank == 1 ? ": is it a file of labels?" : ""));
    }
    DataInputStream numbers = new DataInputStream(in);
    long images = Integer.toUnsignedLong(numbers.readInt());
    Shape shape =
        Shape.newBuilder()
            .setChannels(rank == 4 ? side(file, numbers, "channels") : 1)
            .setHeight(side(file, numbers, "rows"))
            .setWidth(side(file, numbers, "columns"))
            .build();
    ImageHeader header = new ImageHeader(type == FLOAT32, rank, images, shape);
    header.check(file);
    return header;
  }

  private static int side(Path file, DataInputStream numbers, String what) throws IOException {
    int side = numbers.readInt();
    if (side < 1 || side > LARGEST_SIDE) {
      throw refused(
          file,
          String.format(
              "says that its images have %s %s, must be in [1, %d]",
              Integer.toUnsignedString(side), what, LARGEST_SIDE));
    }
    return side;
  }

  private void check(Path file) {
    if (values() > LARGEST_IMAGE) {
      throw refused(
          file, "has images of " + this + ": one may have at most " + LARGEST_IMAGE + " values");
    }
    if (rank == 4
        && shape.getChannels() > MOST_COLOURS
        && shape.getWidth() <= MOST_COLOURS
        && shape.getHeight() > shape.getWidth()) {
      throw refused(
          file,
          String.format(
              "has images of %d channels of %d x %d pixels. If channels come last, write them first:"
                  + " [n, channels, rows, columns] (in NumPy: images.transpose(0, 3, 1, 2))",
              shape.getChannels(), shape.getHeight(), shape.getWidth()));
    }
  }

  private static CommandFailure refused(Path file, String what) {
    return new CommandFailure(ExitCodes.INVALID, file + " " + what);
  }

  /**
   * Compares the length that the header promises with the one that is there.
   *
   * @throws CommandFailure when they differ
   */
  void checkLength(Path file, long found) {
    long promised = (long) Integer.BYTES * (1 + rank) + images * bytesPerImage();
    if (found != promised) {
      throw refused(
          file,
          String.format(
              "should have %d bytes by its header (%d images of %s), and it has %d%s",
              promised, images, this, found, found < promised ? ": it is cut short" : ""));
    }
  }

  private long values() {
    return (long) shape.getChannels() * shape.getHeight() * shape.getWidth();
  }

  /** Bytes of one image in the file. */
  long bytesPerImage() {
    return values() * (isFloat ? Float.BYTES : 1);
  }

  /** The shape of an image, such as {@code 1x28x28}. */
  @Override
  public String toString() {
    return shape.getChannels() + "x" + shape.getHeight() + "x" + shape.getWidth();
  }
}
