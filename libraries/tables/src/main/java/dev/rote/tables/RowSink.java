package dev.rote.tables;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes in the rows of a table, one after another. */
@FunctionalInterface
public interface RowSink {

  /**
   * A row.
   *
   * @param values one for each column, of its type; null where there is none. The array is the
   *     sink's to read until it returns.
   */
  void row(@Nullable Object[] values) throws IOException;
}
