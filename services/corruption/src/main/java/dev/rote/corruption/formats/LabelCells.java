package dev.rote.corruption.formats;

import java.util.List;

/** Rows of labels and of what says whose they are, gone through once. For one thread. */
interface LabelCells extends AutoCloseable {

  /** Names of the columns; empty ones where they have none. */
  List<String> names();

  boolean advance();

  /** The row, as messages name it. */
  String place();

  /** A whole number; NaN for what is none. */
  double number(int column);

  /** What stands there, as texts such as names of files are compared. */
  String text(int column);

  /** The same, as messages show it. */
  default String shown(int column) {
    return text(column);
  }

  @Override
  void close();
}
