package dev.rote.figures.study;

/**
 * A number that one repetition gave.
 *
 * @param value the number
 * @param censored whether the trial ended too early to tell: the number is larger than {@code
 *     value}, by how much is not known
 */
public record Observation(double value, boolean censored) {

  /** A number that is known. */
  public static Observation of(double value) {
    return new Observation(value, false);
  }
}
