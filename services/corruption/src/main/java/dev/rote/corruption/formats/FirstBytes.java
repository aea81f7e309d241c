package dev.rote.corruption.formats;

import dev.rote.spec.VisibleText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** What a file is, by the bytes that it begins with. */
final class FirstBytes {
  /** Bytes that are looked at. */
  static final int COUNT = 64;

  private static final int SHOWN = 4;
  private static final int LONGEST_TEXT = 60;

  private static final Map<String, String> KNOWN =
      Map.of(
          "1f8b", "gzip",
          "504b0304", "a zip archive",
          "504b0506", "an empty zip archive",
          "89504e47", "a PNG picture",
          "ffd8", "a JPEG picture",
          "934e554d", "a NumPy array",
          "50415231", "Parquet",
          "89484446", "HDF5",
          "425a68", "bzip2",
          "fd377a58", "xz");

  private FirstBytes() {}

  /** Such as {@code 89 50 4e 47 (a PNG picture)}. */
  static String words(byte[] start) {
    if (start.length == 0) {
      return "nothing";
    }
    String shown =
        HexFormat.ofDelimiter(" ").formatHex(Arrays.copyOf(start, Math.min(SHOWN, start.length)));
    String kind = kind(start);
    return shown + (kind.isEmpty() ? "" : " (" + kind + ")");
  }

  /** What begins so; empty when it is not known. */
  private static String kind(byte[] start) {
    String digits = HexFormat.of().formatHex(Arrays.copyOf(start, Math.min(SHOWN, start.length)));
    for (Map.Entry<String, String> known : KNOWN.entrySet()) {
      if (digits.startsWith(known.getKey())) {
        return known.getValue();
      }
    }
    return isPage(start) ? "a page of the web: was it saved in place of the file?" : "";
  }

  /** Whether bytes begin as a page of HTML does. */
  static boolean isPage(byte[] start) {
    String text =
        new String(start, 0, Math.min(COUNT, start.length), StandardCharsets.ISO_8859_1)
            .strip()
            .toLowerCase(Locale.ROOT);
    return text.startsWith("<!doctype") || text.startsWith("<html") || text.startsWith("<?xml");
  }

  static boolean isPng(byte[] start) {
    return start.length >= 8 && start[0] == (byte) 0x89 && start[1] == 'P' && start[2] == 'N';
  }

  static boolean isJpeg(byte[] start) {
    return start.length >= 3 && start[0] == (byte) 0xFF && start[1] == (byte) 0xD8;
  }

  /** A text of a file, short and on one line. */
  static String text(String text) {
    String line = VisibleText.line(text);
    return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT - 1) + "…";
  }
}
