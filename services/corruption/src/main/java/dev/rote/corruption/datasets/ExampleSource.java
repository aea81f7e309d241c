package dev.rote.corruption.datasets;

import java.util.List;

/** Examples with random access. Safe to share between threads. */
public interface ExampleSource extends AutoCloseable {

  /** Number of examples. */
  long size();

  /** Number of classes; labels lie in [0, classes). */
  int classes();

  /** Names of the classes, in order; empty where they have numbers alone. */
  default List<String> classNames() {
    return List.of();
  }

  ImageShape shape();

  /** Whether inputs are grey levels; else they are numbers. */
  default boolean isLevels() {
    return true;
  }

  /**
   * Reads the numbers of an example whose inputs are no levels, float32[channels, height, width].
   *
   * @throws DatasetException with reason {@code UNREACHABLE} when the file cannot be read
   */
  default void read(long index, float[] numbers) {
    throw new IllegalStateException("inputs are levels");
  }

  /**
   * Reads the grey levels of an example, uint8[channels, height, width].
   *
   * @throws DatasetException with reason {@code UNREACHABLE} when the file cannot be read
   */
  void read(long index, byte[] levels);

  /**
   * The label of an example.
   *
   * @throws DatasetException with reason {@code DAMAGED} when it is not in [0, classes)
   */
  int label(long index);

  /** The class that the dataset's files give an example, whatever classes are picked of them. */
  default int ownLabel(long index) {
    return label(index);
  }

  /** What became of a class of the dataset's files; -1 for one that is left out. */
  default int picked(int ownClass) {
    return ownClass;
  }

  /** Index of the example in the whole dataset, of which this source may be a part. */
  default long datasetIndex(long index) {
    return index;
  }

  @Override
  void close();
}
