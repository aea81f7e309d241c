package dev.rote.figures;

/** A figure that cannot be made as it is declared. */
public final class FigureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why it cannot. */
  public enum Reason {
    /** Several cells of the grid answer to one line: an axis is neither the series nor fixed. */
    AMBIGUOUS_SERIES,
    /** Results of one measurement do not fit together. */
    INCONSISTENT_RESULTS,
    /** A kind of panel, metric or claim is not set or not known. */
    UNKNOWN_KIND,
    /** The font or an encoder of this Java is missing. */
    CANNOT_DRAW
  }

  private final Reason reason;

  public FigureException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public FigureException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
