package dev.rote.spec;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * Characters that texts may hold: those that every document can hold in which a sweep is written
 * down again, YAML, JSON and SVG. Not control characters (but tab and ends of lines), halves of
 * surrogate pairs and the code points that are no characters, such as U+FFFF.
 */
final class Characters {
  private Characters() {}

  /** Whether texts may hold this code point. */
  static boolean readable(int character) {
    if (character < 0x20) {
      return character == '\t' || character == '\n' || character == '\r';
    }
    boolean control = character >= 0x7f && character <= 0x9f;
    boolean half = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    boolean none = (character & 0xfffe) == 0xfffe || (character >= 0xfdd0 && character <= 0xfdef);
    return !control && !half && !none;
  }

  /** The first code point of a text that it may not hold; empty when there is none. */
  static OptionalInt unreadable(String text) {
    return text.codePoints().filter(character -> !readable(character)).findFirst();
  }

  /** Such as {@code U+0092}. */
  static String name(int character) {
    return String.format(Locale.ROOT, "U+%04X", character);
  }
}
