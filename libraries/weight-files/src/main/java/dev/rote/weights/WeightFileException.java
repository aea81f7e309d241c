package dev.rote.weights;

/** A file of weights that is none, or does not fit; the message names file, place and remedy. */
public final class WeightFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private WeightFileException(String message) {
    super(message);
  }

  /**
   * A refusal.
   *
   * @param file its name, as its user knows it
   * @param what is wrong, continuing the name
   */
  public static WeightFileException of(String file, String what) {
    return new WeightFileException(file + " " + what);
  }
}
