package dev.rote.corruption.datasets;

import dev.rote.corruption.selection.IndexSet;
import dev.rote.random.IndexPermutation;
import org.jspecify.annotations.Nullable;

/**
 * A seeded part of a source: example {@code i} of the split is the {@code offset + i}th in the
 * source's shuffled order. Safe to share between threads.
 */
public final class DatasetSplit {
  private static final int TOP = 255;

  private final ExampleSource source;
  private final @Nullable IndexPermutation order;
  private final long offset;
  private final long size;
  private final int pooling;
  private final ImageShape shape;
  private final @Nullable IndexSet kept;

  /**
   * @param order null: the order of the source
   * @param pooling side of the square that is averaged into one pixel, 1 or 2
   */
  DatasetSplit(
      ExampleSource source, @Nullable IndexPermutation order, long offset, long size, int pooling) {
    this(source, order, offset, size, pooling, null);
  }

  private DatasetSplit(
      ExampleSource source,
      @Nullable IndexPermutation order,
      long offset,
      long size,
      int pooling,
      @Nullable IndexSet kept) {
    this.source = source;
    this.order = order;
    this.offset = offset;
    this.size = size;
    this.pooling = pooling;
    this.shape = source.shape().pooled(pooling);
    this.kept = kept;
  }

  /** The examples of this split that stand at these places of it, in order. */
  DatasetSplit only(IndexSet places) {
    return new DatasetSplit(source, order, offset, places.size(), pooling, places);
  }

  /** N. */
  public long size() {
    return size;
  }

  /** The shape after pooling. */
  public ImageShape shape() {
    return shape;
  }

  /** The level that is 1.0: levels are sums of the bytes of a pooled square. */
  public int top() {
    return TOP * pooling * pooling;
  }

  /** Whether inputs are levels; else they are numbers. */
  public boolean isLevels() {
    return source.isLevels();
  }

  /** Whether an input is a level that fits a byte. */
  public boolean isBytes() {
    return pooling == 1 && source.isLevels();
  }

  public int label(long i) {
    return source.label(sourceIndex(i));
  }

  /** The class that the dataset's files give an example, whatever classes are picked of them. */
  public int ownLabel(long i) {
    return source.ownLabel(sourceIndex(i));
  }

  /** What became of a class of the dataset's files; -1 for one that is left out. */
  public int picked(int ownClass) {
    return source.picked(ownClass);
  }

  /** Index of an example in the whole dataset. */
  public long datasetIndex(long i) {
    return source.datasetIndex(sourceIndex(i));
  }

  private long sourceIndex(long i) {
    long place = offset + (kept == null ? i : kept.get(i));
    return order == null ? place : order.apply(place);
  }

  /** A reader with a buffer of its own, for one thread. */
  public Reader reader() {
    return new Reader();
  }

  /** Reads the inputs of examples. */
  public final class Reader {
    private final byte[] raw = new byte[source.isLevels() ? source.shape().values() : 0];
    private final float[] numbers = new float[source.isLevels() ? 0 : source.shape().values()];

    private Reader() {}

    /**
     * Reads the inputs of an example: levels, each in [0, top], or the bits of numbers, float32,
     * those of a pooled square being their mean.
     */
    public void read(long i, int[] levels) {
      if (!source.isLevels()) {
        readNumbers(i, levels);
        return;
      }
      source.read(sourceIndex(i), raw);
      if (pooling == 1) {
        for (int v = 0; v < raw.length; v++) {
          levels[v] = raw[v] & 0xFF;
        }
        return;
      }
      int wide = source.shape().width();
      int at = 0;
      for (int row = 0; row < shape.channels() * shape.height(); row++) {
        int first = row * pooling * wide;
        for (int column = 0; column < shape.width(); column++) {
          levels[at++] = square(first + column * pooling, wide);
        }
      }
    }

    /** Reads the levels of an example where each fits a byte, uint8[V]. */
    public void read(long i, byte[] levels) {
      source.read(sourceIndex(i), levels);
    }

    private void readNumbers(long i, int[] bits) {
      source.read(sourceIndex(i), numbers);
      int wide = source.shape().width();
      int at = 0;
      for (int row = 0; row < shape.channels() * shape.height(); row++) {
        for (int column = 0; column < shape.width(); column++) {
          int first = row * pooling * wide + column * pooling;
          bits[at++] = Float.floatToRawIntBits(pooling == 1 ? numbers[first] : mean(first, wide));
        }
      }
    }

    private float mean(int first, int wide) {
      double sum = 0;
      for (int row = 0; row < pooling; row++) {
        for (int column = 0; column < pooling; column++) {
          sum += numbers[first + row * wide + column];
        }
      }
      return (float) (sum / (pooling * pooling));
    }

    private int square(int first, int wide) {
      int sum = 0;
      for (int row = 0; row < pooling; row++) {
        for (int column = 0; column < pooling; column++) {
          sum += raw[first + row * wide + column] & 0xFF;
        }
      }
      return sum;
    }
  }
}
