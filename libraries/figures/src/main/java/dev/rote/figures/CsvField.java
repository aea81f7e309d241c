package dev.rote.figures;

import dev.rote.spec.VisibleText;
import java.util.regex.Pattern;

/**
 * Fields of CSV (RFC 4180). Text that a spreadsheet would take for a formula begins with an
 * apostrophe, and what would steer a terminal is escaped; numbers stay as they are.
 */
public final class CsvField {
  private static final String FORMULA_STARTS = "=+-@\t\r＝＋－＠";
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?");

  private CsvField() {}

  /** A field of words. */
  public static String text(String text) {
    boolean formula =
        text.length() > 1
            && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0
            && !NUMBER.matcher(text).matches();
    return number(VisibleText.block(formula ? "'" + text : text));
  }

  /** A field that is no words: it is quoted where it has to be. */
  public static String number(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
