package dev.rote.corruption.formats;

import java.util.List;

/** Reads the examples of files of one format, once and in order. For one thread. */
public interface ExampleReader extends AutoCloseable {

  /**
   * Reads the next example.
   *
   * @param into what it is written to; valid until the next call
   * @return false at the end
   * @throws dev.rote.corruption.datasets.DatasetException naming file and row when there is none to
   *     be read
   */
  boolean next(Example into);

  /** Names of the classes that labels number from 0, where the files say them. */
  default List<String> classes() {
    return List.of();
  }

  /**
   * What was inferred of what the files hold, and what may not be meant, a sentence each; asked for
   * before any example is read, and no example is read after.
   */
  default List<String> notes() {
    return List.of();
  }

  @Override
  void close();
}
