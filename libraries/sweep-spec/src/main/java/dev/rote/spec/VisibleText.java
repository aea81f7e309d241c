package dev.rote.spec;

/**
 * Text that others wrote, such as labels, as it may be shown: characters that steer a terminal or
 * turn the direction of writing, and those that no page may hold, stand as escapes such as {@code
 * \u001b}.
 */
public final class VisibleText {
  private static final int REPLACEMENT = 0xfffd;

  private VisibleText() {}

  /** One line: line breaks and tabs are blanks. */
  public static String line(String text) {
    return visible(
        text.replaceAll("\\s*[\\n\\r\\u0085\\u2028\\u2029]\\s*", " ").replace('\t', ' '));
  }

  /** Line breaks and tabs stay. */
  public static String block(String text) {
    return visible(text);
  }

  private static String visible(String text) {
    if (text.codePoints().noneMatch(VisibleText::isHidden)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (!isHidden(c)) {
                shown.appendCodePoint(c);
              } else if (Character.getType(c) == Character.SURROGATE) {
                shown.appendCodePoint(REPLACEMENT);
              } else {
                shown.append(String.format(c <= 0xffff ? "\\u%04x" : "\\u{%x}", c));
              }
            });
    return shown.toString();
  }

  private static boolean isHidden(int c) {
    if (c == '\n' || c == '\t') {
      return false;
    }
    return Character.isISOControl(c) || isDirection(c) || isNoCharacter(c);
  }

  /** Marks and overrides of the direction of writing, and separators of lines and paragraphs. */
  private static boolean isDirection(int c) {
    return c == 0x061c
        || c == 0x200e
        || c == 0x200f
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }

  /** Halves of surrogate pairs, code points that are no characters, byte order marks and tags. */
  private static boolean isNoCharacter(int c) {
    return Character.getType(c) == Character.SURROGATE
        || (c & 0xfffe) == 0xfffe
        || (c >= 0xfdd0 && c <= 0xfdef)
        || c == 0xfeff
        || (c >= 0xe0000 && c <= 0xe007f);
  }
}
