package dev.rote.figures.building;

/**
 * A piece of the words for a trial: what it is about, and the value that an axis may change.
 *
 * @param part what it is about; the same in all trials of a sweep
 * @param lead what separates it from the phrase before it
 * @param before the value
 * @param value such as {@code 0.1}
 * @param after the value
 * @param absent the value of a trial that has no such phrase
 */
record Phrase(String part, String lead, String before, String value, String after, String absent) {
  private static final String NONE = "none";

  /** A phrase of a list. */
  static Phrase of(String part, String before, String value, String after) {
    return new Phrase(part, ", ", before, value, after, NONE);
  }

  Phrase ledBy(String newLead) {
    return new Phrase(part, newLead, before, value, after, absent);
  }

  Phrase orElse(String newAbsent) {
    return new Phrase(part, lead, before, value, after, newAbsent);
  }
}
