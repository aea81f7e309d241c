package dev.rote.grpcerrors;

import dev.rote.spec.VisibleText;
import java.nio.charset.StandardCharsets;

/** Texts that are cut to what a header may hold. */
final class Shortened {
  private static final String END = "…";
  private static final int ESCAPED = 3;

  private Shortened() {}

  /**
   * The text, or its beginning and an ellipsis, so that it takes at most so many bytes in a header
   * of gRPC: one for a printable ASCII character but {@code %}, three for each byte of any other.
   * What would steer the reader's terminal or turn the direction of writing stands as escapes.
   */
  static String to(int bytes, String anything) {
    // Halves of characters, which Java's strings can hold and no message can, become question
    // marks.
    String text =
        VisibleText.block(
            new String(anything.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    if (text.length() <= bytes / (ESCAPED * ESCAPED) || encodedLength(text) <= bytes) {
      return text;
    }
    int room = bytes - encodedLength(END);
    int end = 0;
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      room -= encodedLength(text.substring(end, next));
      if (room < 0) {
        break;
      }
      end = next;
    }
    return text.substring(0, end) + END;
  }

  /** Bytes that a text takes in a header of gRPC. */
  static int encodedLength(String text) {
    int length = 0;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      length += b >= ' ' && b < '~' + 1 && b != '%' ? 1 : ESCAPED;
    }
    return length;
  }
}
