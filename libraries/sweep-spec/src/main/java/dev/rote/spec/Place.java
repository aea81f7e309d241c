package dev.rote.spec;

/** Where something is written. */
sealed interface Place {
  /**
   * In a document.
   *
   * @param source name of the file or topic
   * @param line from 1
   * @param column from 1
   */
  record At(String source, int line, int column) implements Place {
    /** Such as {@code sweep.yaml:12:5}. */
    @Override
    public String toString() {
      return source + ":" + line + ":" + column;
    }
  }

  /**
   * Beside the document.
   *
   * @param note in brackets, such as {@code (in spec.repetitions=2)}; empty when unknown
   */
  record Beside(String note) implements Place {}

  /** Nowhere that could be named: it came in a message. */
  static Place unknown() {
    return new Beside("");
  }

  /** A violation of what is written here. */
  default Violation violation(String path, String message) {
    if (this instanceof At) {
      return new Violation(path, message, toString());
    }
    String note = ((Beside) this).note();
    return new Violation(path, note.isEmpty() ? message : message + " " + note);
  }

  /** The place in brackets, to stand within a sentence; empty when unknown. */
  default String brackets() {
    return this instanceof Beside beside ? beside.note() : "(" + this + ")";
  }
}
