package dev.rote.corruption.formats;

/** Reads labels that lie apart from the inputs, once and in order. For one thread. */
interface LabelReader extends AutoCloseable {

  /** Writes the next label into an example; false at the end. */
  boolean next(Example into);

  /** What messages call them, such as {@code labels.npy}. */
  String name();

  @Override
  void close();
}
