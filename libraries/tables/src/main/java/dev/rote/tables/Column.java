package dev.rote.tables;

/**
 * A column of a table.
 *
 * @param name in lower case, words joined by underscores; of an axis, as the axis is called
 */
public record Column(String name, Type type) {

  /** What the values of a column are. Any of them may be missing. */
  public enum Type {
    /** {@link String}. */
    TEXT,
    /** {@link Long}, int64. */
    INTEGER,
    /** {@link Float}, float32. */
    FLOAT,
    /** {@link Double}, float64. */
    DOUBLE,
    /** {@link Boolean}. */
    FLAG
  }

  static Column text(String name) {
    return new Column(name, Type.TEXT);
  }

  static Column integer(String name) {
    return new Column(name, Type.INTEGER);
  }

  static Column float32(String name) {
    return new Column(name, Type.FLOAT);
  }

  static Column float64(String name) {
    return new Column(name, Type.DOUBLE);
  }

  static Column flag(String name) {
    return new Column(name, Type.FLAG);
  }
}
