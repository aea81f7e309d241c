package dev.rote.networks.nd4j;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * A matrix of float32 in the host's memory, or its transpose: a view, whose memory belongs to a
 * {@link HostArena}.
 *
 * @param first element (0, 0)
 * @param rows as they lie in memory, like {@code columns}
 * @param stride elements from one row in memory to the next
 */
record HostMatrix(FloatPointer first, int rows, int columns, int stride, boolean transposed) {
  private static final int ROW_MAJOR = 101;
  private static final int AS_IS = 111;
  private static final int TRANSPOSED = 112;

  private int height() {
    return transposed ? columns : rows;
  }

  private int width() {
    return transposed ? rows : columns;
  }

  HostMatrix transpose() {
    return new HostMatrix(first, rows, columns, stride, !transposed);
  }

  /** A block of rows and columns in memory. */
  HostMatrix columns(int from, int count) {
    return new HostMatrix(first.getPointer(from), rows, count, stride, transposed);
  }

  /** Every {@code step}-th row in memory, from the row {@code from} on. */
  HostMatrix everyRow(int from, int step) {
    FloatPointer at = first.getPointer((long) from * stride);
    return new HostMatrix(at, rows / step, columns, stride * step, transposed);
  }

  /** Rows in memory from the first one on. */
  HostMatrix firstRows(int count) {
    return new HostMatrix(first, count, columns, stride, transposed);
  }

  /** The same memory, without gaps between rows, as other rows. */
  HostMatrix reshape(int newRows, int newColumns) {
    if (stride != columns || (long) newRows * newColumns != (long) rows * columns) {
      throw new IllegalArgumentException(
          this + " cannot be seen as " + newRows + " x " + newColumns);
    }
    return new HostMatrix(first, newRows, newColumns, newColumns, transposed);
  }

  /** {@code this = alpha a b + beta this} */
  void product(double alpha, HostMatrix a, HostMatrix b, double beta) {
    if (transposed || a.height() != rows || b.width() != columns || a.width() != b.height()) {
      throw new IllegalArgumentException(a + " times " + b + " does not give " + this);
    }
    openblas_nolapack.cblas_sgemm(
        ROW_MAJOR,
        a.transposed ? TRANSPOSED : AS_IS,
        b.transposed ? TRANSPOSED : AS_IS,
        rows,
        columns,
        a.width(),
        (float) alpha,
        a.first,
        a.stride,
        b.first,
        b.stride,
        (float) beta,
        first,
        stride);
  }

  /** Copies all values of a matrix without gaps out, as they lie in memory. */
  void get(float[] values) {
    first.get(values, 0, rows * columns);
  }

  /** Overwrites all values of a matrix without gaps, as they lie in memory. */
  void put(float[] values) {
    first.put(values, 0, rows * columns);
  }
}
