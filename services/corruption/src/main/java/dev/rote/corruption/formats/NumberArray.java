package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.ByteFile;
import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.NamedFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Numbers in a file, [n, …], read a row at a time.
 *
 * @param file where they lie
 * @param name what messages call it, such as {@code array x_train of digits.npz}
 * @param offset of the first byte
 * @param columnMajor whether the first dimension is the one that changes fastest
 * @param dimensions n and those of a row
 */
record NumberArray(
    NamedFile file,
    String name,
    NumberType type,
    ByteOrder order,
    boolean columnMajor,
    List<Long> dimensions,
    long offset) {
  /** Most values of one row. */
  static final int LARGEST_ROW = 1 << 18;

  private static final int BLOCK_BYTES = 4 << 20;

  NumberArray {
    dimensions = List.copyOf(dimensions);
  }

  /** n. */
  long rows() {
    return dimensions.get(0);
  }

  /** Dimensions of a row. */
  int[] rowDimensions() {
    return dimensions.stream().skip(1).mapToInt(Long::intValue).toArray();
  }

  /** Values of a row. */
  int rowValues() {
    int values = 1;
    for (int dimension : rowDimensions()) {
      values *= dimension;
    }
    return values;
  }

  /**
   * Checks that there is something in it, that rows are not too long, and that the file has as many
   * bytes as the dimensions say.
   *
   * @param end byte after the last
   */
  NumberArray checked(long end) {
    if (dimensions.isEmpty() || dimensions.contains(0L)) {
      throw file.unfit(
          "is empty: " + name + " has the dimensions " + dimensions,
          "dimensions",
          "at least 1 each",
          dimensions.toString());
    }
    long values = 1;
    for (long dimension : dimensions.subList(1, dimensions.size())) {
      values = dimension > LARGEST_ROW ? LARGEST_ROW + 1L : values * dimension;
      if (values > LARGEST_ROW) {
        throw file.unfit(
            "has examples of "
                + dimensions.subList(1, dimensions.size())
                + " values in "
                + name
                + ": one may have at most "
                + LARGEST_ROW,
            "values of one example",
            "at most " + LARGEST_ROW,
            dimensions.toString());
      }
    }
    long row = values * type.bytes();
    long there = (end - offset) / row;
    if (rows() != there || (end - offset) % row != 0) {
      throw file.damaged(
          "should have "
              + rows()
              + " rows of "
              + row
              + " bytes in "
              + name
              + " by its header, and has "
              + Math.max(0, end - offset)
              + " bytes there"
              + (rows() > there ? ": it is cut short" : ""),
          "size",
          rows() + " x " + row,
          "" + (end - offset));
    }
    return this;
  }

  /** Bytes of the whole file by its header; {@link Long#MAX_VALUE} for more than can be. */
  long promised() {
    long bytes = type.bytes();
    for (long dimension : dimensions) {
      if (dimension != 0 && bytes > (Long.MAX_VALUE - offset) / dimension) {
        return Long.MAX_VALUE;
      }
      bytes *= dimension;
    }
    return offset + bytes;
  }

  Rows open() {
    return new Rows(this);
  }

  /** Goes through the rows, a block of them in memory. */
  static final class Rows implements AutoCloseable {
    private final NumberArray array;
    private final ByteFile bytes;
    private final int values;
    private final int rowBytes;
    private final int perBlock;
    private final ByteBuffer block;
    private long first;
    private int loaded;
    private long next;

    private Rows(NumberArray array) {
      this.array = array;
      this.bytes = ByteFile.open(array.file);
      this.values = array.rowValues();
      this.rowBytes = values * array.type.bytes();
      this.perBlock =
          (int) Math.min(array.rows(), Math.max(1, BLOCK_BYTES / Math.max(1, rowBytes)));
      this.block = ByteBuffer.allocate(perBlock * rowBytes).order(array.order);
    }

    /** Index of the row that is read next. */
    long index() {
      return next;
    }

    /** Goes to the next row; false after the last. */
    boolean advance() {
      if (next == array.rows()) {
        return false;
      }
      if (next == first + loaded) {
        first = next;
        loaded = (int) Math.min(perBlock, array.rows() - first);
        load();
      }
      next++;
      return true;
    }

    /** Value {@code v} of the row. */
    double value(int v) {
      return array.type.at(block, start() + v * array.type.bytes());
    }

    /** The row, of bytes. */
    void bytes(byte[] out) {
      block.get(start(), out);
    }

    private int start() {
      return (int) (next - 1 - first) * rowBytes;
    }

    private void load() {
      if (!array.columnMajor || values == 1) {
        bytes.read(array.offset + first * rowBytes, block.array(), 0, loaded * rowBytes);
        return;
      }
      int size = array.type.bytes();
      byte[] column = new byte[loaded * size];
      for (int v = 0; v < values; v++) {
        long at = array.offset + (place(v) * array.rows() + first) * size;
        bytes.read(at, column, 0, column.length);
        for (int row = 0; row < loaded; row++) {
          System.arraycopy(column, row * size, block.array(), row * rowBytes + v * size, size);
        }
      }
    }

    /**
     * Where the {@code v}th value of a row lies among those of the row, first dimension fastest.
     */
    private long place(int v) {
      int[] dimensions = array.rowDimensions();
      long place = 0;
      int rest = v;
      long[] strides = new long[dimensions.length];
      long stride = 1;
      for (int d = 0; d < dimensions.length; d++) {
        strides[d] = stride;
        stride *= dimensions[d];
      }
      for (int d = dimensions.length - 1; d >= 0; d--) {
        place += rest % dimensions[d] * strides[d];
        rest /= dimensions[d];
      }
      return place;
    }

    /** The row is not what it must be. */
    DatasetException wrong(String problem, String remedy) {
      return array.file.unfit(
          "has " + problem + " in row " + (next - 1) + " of " + array.name + ": " + remedy,
          "row " + (next - 1),
          remedy,
          problem);
    }

    @Override
    public void close() {
      bytes.close();
    }
  }
}
