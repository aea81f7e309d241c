package dev.rote.spec;

/** What the text of every id must be like. */
final class IdText {
  private IdText() {}

  static void require(String what, String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(what + " must not be empty");
    }
  }
}
