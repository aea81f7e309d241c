package dev.rote.spec;

import java.util.Locale;

/**
 * One thing that is wrong with a specification.
 *
 * @param path field, such as {@code spec.trial.corruption.labels.level}; empty for the whole
 * @param message what was wrong, the value and the bound, and what to write instead
 * @param place where it is written, such as {@code sweep.yaml:12:5}; empty when unknown
 */
public record Violation(String path, String message, String place) {
  /*
   * What is wrong may be as large as what was sent, and hold what drives a terminal: nothing of either
   * goes on from here.
   */
  private static final int LONGEST_PATH = 300;
  private static final int LONGEST_MESSAGE = 1_000;

  public Violation {
    path = shown(path, LONGEST_PATH);
    message = shown(message, LONGEST_MESSAGE);
    place = shown(place, LONGEST_PATH);
  }

  /** One of a place that is not known. */
  public Violation(String path, String message) {
    this(path, message, "");
  }

  /** The same with the path below another. */
  public Violation below(String prefix) {
    return new Violation(prefix + path, message, place);
  }

  /** The same at a place that became known. */
  Violation at(Place found) {
    return place.isEmpty() && found instanceof Place.At
        ? new Violation(path, message, found.toString())
        : this;
  }

  /** Such as {@code sweep.yaml:12:5 spec.repetitions: must be in [1, 10000], was 0}. */
  @Override
  public String toString() {
    return (place.isEmpty() ? "" : place + " ")
        + (path.isEmpty() ? message : path + ": " + message);
  }

  private static String shown(String text, int longest) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && shown.length() < longest; ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (Characters.readable(character) && character != '\n' && character != '\r') {
        shown.appendCodePoint(character);
      } else {
        shown.append(String.format(Locale.ROOT, "\\u%04x", character));
      }
    }
    return text.length() > shown.length() && shown.length() >= longest
        ? shown.append('…').toString()
        : shown.toString();
  }
}
