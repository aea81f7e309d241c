package dev.rote.corruption.datasets;

import java.nio.file.Path;

/**
 * A file that a dataset is read from, by the name that its user knows.
 *
 * @param name as the user wrote it, for a file of the user's own; else its path, or its address
 * @param path where its bytes lie: elsewhere when they were unpacked
 * @param field path of the field that names it; empty for a published dataset's
 */
public record NamedFile(String name, Path path, String field) {

  /** A file of a published dataset, where it lies. */
  static NamedFile published(Path path) {
    return new NamedFile(path.toString(), path, "");
  }

  /** The same file, its bytes elsewhere. */
  NamedFile at(Path unpacked) {
    return new NamedFile(name, unpacked, field);
  }

  /**
   * The file is whole, but not what is asked for: the user's field is wrong, a published file is
   * damaged.
   *
   * @param problem what follows the name, such as {@code holds labels}
   */
  public DatasetException unfit(String problem, String what, String expected, String actual) {
    String message = name + " " + problem;
    return field.isEmpty()
        ? DatasetException.damaged(name, what, expected, actual, message)
        : DatasetException.refused(field, message);
  }

  /** The file contradicts itself. */
  public DatasetException damaged(String problem, String what, String expected, String actual) {
    return DatasetException.damaged(name, what, expected, actual, name + " " + problem);
  }
}
