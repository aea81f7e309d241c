package dev.rote.figures.drawing;

import java.util.ArrayList;
import java.util.List;

/**
 * A text broken into lines that fit a width, at one size; the last of too many ends in an ellipsis.
 */
final class WrappedText {
  private WrappedText() {}

  /**
   * The lines, at least one.
   *
   * @param most lines
   */
  static List<String> of(String text, double size, double available, int most, Typeface typeface) {
    List<String> lines = new ArrayList<>();
    String rest = text.strip();
    while (lines.size() < most - 1 && typeface.width(rest, size) > available) {
      int end = lineEnd(rest, size, available, typeface);
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    lines.add(cut(rest, size, available, typeface));
    return List.copyOf(lines);
  }

  /**
   * Where the first line ends: after its last word that fits, inside a word that alone does not.
   */
  private static int lineEnd(String text, double size, double available, Typeface typeface) {
    int fitting = fitting(text, size, available, typeface);
    int space = text.lastIndexOf(' ', fitting);
    return space > 0 ? space : fitting;
  }

  /** Length of the longest start that fits, at least one character. */
  private static int fitting(String text, double size, double available, Typeface typeface) {
    int end = text.offsetByCodePoints(0, 1);
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      if (typeface.width(text.substring(0, next), size) > available) {
        break;
      }
      end = next;
    }
    return end;
  }

  private static String cut(String text, double size, double available, Typeface typeface) {
    if (typeface.width(text, size) <= available) {
      return text;
    }
    double room = available - typeface.width("…", size);
    return text.substring(0, fitting(text, size, room, typeface)).stripTrailing() + "…";
  }
}
