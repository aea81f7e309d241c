package dev.rote.corruption.datasets;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A pair of IDX files: images uint8[n, height, width] or uint8[n, channels, height, width], and
 * labels uint8[n]. Numbers in headers are big-endian.
 */
final class IdxSource implements ExampleSource {
  private static final int UINT8 = 0x08;
  private static final int LARGEST_IMAGE = 1 << 18;
  private static final int LABEL_HEADER = 8;
  private static final int CHUNK = 1 << 16;

  private final ByteFile images;
  private final ByteFile labels;
  private final ImageShape shape;
  private final long size;
  private final int imageHeader;
  private final int classes;

  private IdxSource(
      ByteFile images, ByteFile labels, ImageShape shape, long size, int imageHeader, int classes) {
    this.images = images;
    this.labels = labels;
    this.shape = shape;
    this.size = size;
    this.imageHeader = imageHeader;
    this.classes = classes;
  }

  /**
   * Opens a pair and checks headers, sizes and labels.
   *
   * @param classes classes that labels must lie in, 0 to count them: the largest label plus one
   * @throws DatasetException with reason {@code DAMAGED}
   */
  static IdxSource open(Path imagePath, Path labelPath, int classes) {
    ByteFile images = ByteFile.open(imagePath);
    ByteFile labels = null;
    try {
      labels = ByteFile.open(labelPath);
      int[] of = dimensions(images, 3, 4);
      int[] ofLabels = dimensions(labels, 1, 1);
      if (of[0] != ofLabels[0]) {
        throw DatasetException.damaged(
            labelPath.toString(), "number of labels", "" + of[0], "" + ofLabels[0]);
      }
      ImageShape shape =
          of.length == 3 ? new ImageShape(1, of[1], of[2]) : new ImageShape(of[1], of[2], of[3]);
      int counted = largestLabel(labels, of[0]) + 1;
      if (classes > 0 && counted > classes) {
        throw DatasetException.damaged(
            labelPath.toString(), "largest label", "at most " + (classes - 1), "" + (counted - 1));
      }
      return new IdxSource(
          images,
          labels,
          shape,
          of[0],
          Integer.BYTES * (1 + of.length),
          classes > 0 ? classes : Math.max(2, counted));
    } catch (DatasetException e) {
      images.close();
      if (labels != null) {
        labels.close();
      }
      throw e;
    }
  }

  private static int[] dimensions(ByteFile file, int least, int most) {
    String path = file.path().toString();
    if (file.size() < LABEL_HEADER) {
      throw DatasetException.damaged(path, "size", "at least " + LABEL_HEADER, "" + file.size());
    }
    byte[] magic = new byte[Integer.BYTES];
    file.read(0, magic, 0, magic.length);
    int rank = magic[3];
    if (magic[0] != 0 || magic[1] != 0 || magic[2] != UINT8 || rank < least || rank > most) {
      throw DatasetException.damaged(
          path,
          "magic number",
          "0x0000080" + least + (most > least ? " or 0x0000080" + most : ""),
          String.format(java.util.Locale.ROOT, "0x%08x", ByteBuffer.wrap(magic).getInt()));
    }
    int header = Integer.BYTES * (1 + rank);
    if (file.size() < header) {
      throw DatasetException.damaged(path, "size", "at least " + header, "" + file.size());
    }
    byte[] bytes = new byte[header];
    file.read(0, bytes, 0, header);
    int[] dimensions = new int[rank];
    long one = 1;
    for (int d = 0; d < rank; d++) {
      dimensions[d] = ByteBuffer.wrap(bytes).getInt(Integer.BYTES * (1 + d));
      if (dimensions[d] < 1) {
        throw DatasetException.damaged(
            path, "dimension " + d, "at least 1", "" + Integer.toUnsignedLong(dimensions[d]));
      }
      one = d == 0 ? 1 : Math.multiplyExact(one, dimensions[d]);
      if (one > LARGEST_IMAGE) {
        throw DatasetException.damaged(
            path, "values of one image", "at most " + LARGEST_IMAGE, "" + one);
      }
    }
    long expected = header + one * dimensions[0];
    if (file.size() != expected) {
      throw DatasetException.damaged(path, "size", "" + expected, "" + file.size());
    }
    return dimensions;
  }

  private static int largestLabel(ByteFile labels, long size) {
    byte[] chunk = new byte[CHUNK];
    int largest = 0;
    for (long at = 0; at < size; at += CHUNK) {
      int length = (int) Math.min(CHUNK, size - at);
      labels.read(LABEL_HEADER + at, chunk, 0, length);
      for (int i = 0; i < length; i++) {
        largest = Math.max(largest, chunk[i] & 0xFF);
      }
    }
    return largest;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public void read(long index, byte[] levels) {
    images.read(imageHeader + index * shape.values(), levels, 0, shape.values());
  }

  @Override
  public int label(long index) {
    return labels.unsignedByte(LABEL_HEADER + index);
  }

  @Override
  public void close() {
    images.close();
    labels.close();
  }
}
