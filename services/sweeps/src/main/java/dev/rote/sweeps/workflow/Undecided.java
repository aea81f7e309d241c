package dev.rote.sweeps.workflow;

/**
 * A part of an event that could not be decided: nothing of it was done, and what it is about was
 * set aside.
 *
 * @param subject an event, a sweep or a piece of work
 * @param reason as users are told
 */
public record Undecided(String subject, String reason, RuntimeException cause) {
  private static final int LONGEST = 240;

  static Undecided of(String subject, RuntimeException cause) {
    String reason =
        cause instanceof UndecidableException
            ? String.valueOf(cause.getMessage())
            : "cannot be decided: " + cause;
    return new Undecided(subject, shortened(reason), cause);
  }

  /** What of a text fits into a status. */
  static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
