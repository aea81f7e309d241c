package dev.rote.sweeps.grpc;

import dev.rote.grpcerrors.ApiException;
import java.util.regex.Pattern;

/** Sizes and tokens of pages as clients send them. */
final class Pages {
  private static final int DEFAULT_SIZE = 100;
  private static final int LARGEST = 1_000;
  private static final int LONGEST_SHOWN = 60;
  private static final Pattern DIGITS = Pattern.compile("[0-9]{0,18}");

  private Pages() {}

  /** A page size in [1, 1000]; 0: 100. */
  static int size(int asked) {
    if (asked < 0 || asked > LARGEST) {
      throw ApiException.invalid(
          "page_size", "must be in [0, " + LARGEST + "], was " + Integer.toUnsignedString(asked));
    }
    return asked == 0 ? DEFAULT_SIZE : asked;
  }

  /** A token of an earlier page; empty for the first. */
  static String digits(String token) {
    if (!DIGITS.matcher(token).matches()) {
      throw ApiException.invalid(
          "page_token", "must be the token of an earlier page, was '" + brief(token) + "'");
    }
    return token;
  }

  /** What of a client's text is shown in messages. */
  static String brief(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }

  static long index(String token) {
    return token.isEmpty() ? 0 : Long.parseLong(digits(token));
  }
}
