package dev.rote.corruption.formats;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.rote.corruption.datasets.ByteFile;
import dev.rote.corruption.datasets.NamedFile;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a CSV or TSV file in UTF-8, unpacked on the way where its name ends in {@code .gz}.
 * Fields are parted by a tab, a comma or a semicolon, whichever the first line has most of. The
 * first row is a heading where none of its fields is a number, or one stands over a column of
 * numbers without being one.
 */
final class TextTable implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_FIELD = 16 << 20;
  private static final int MOST_COLUMNS = NumberArray.LARGEST_ROW + 16;

  private final NamedFile file;
  private final CsvReader<CsvRecord> reader;
  private final CloseableIterator<CsvRecord> records;
  private final List<String> names;
  private final List<Boolean> numeric;
  private @Nullable CsvRecord first;
  private @Nullable CsvRecord second;
  private @Nullable CsvRecord row;
  private long index = -1;

  private TextTable(NamedFile file, InputStream in, char separator) {
    this.file = file;
    this.reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .skipEmptyLines(true)
            .ignoreDifferentFieldCount(true)
            .detectBomHeader(true)
            .maxBufferSize(LONGEST_FIELD)
            .ofCsvRecord(in, StandardCharsets.UTF_8);
    this.records = reader.iterator();
    this.first = read();
    this.second = first == null ? null : read();
    if (first == null) {
      throw file.unfit("is empty", "rows", "at least 1", "0");
    }
    if (first.getFieldCount() > MOST_COLUMNS) {
      throw file.unfit(
          "has " + first.getFieldCount() + " columns: at most " + MOST_COLUMNS + " are read",
          "columns",
          "at most " + MOST_COLUMNS,
          "" + first.getFieldCount());
    }
    boolean heading = isHeading(first, second);
    CsvRecord example = heading && second != null ? second : first;
    List<Boolean> numbers = new ArrayList<>();
    example.getFields().forEach(field -> numbers.add(isNumber(field)));
    if (heading) {
      this.names = first.getFields().stream().map(String::strip).toList();
      this.first = second;
      this.second = null;
    } else {
      this.names = Collections.nCopies(first.getFieldCount(), "");
    }
    while (numbers.size() < names.size()) {
      numbers.add(false);
    }
    this.numeric = List.copyOf(numbers.subList(0, names.size()));
  }

  static TextTable open(NamedFile file) {
    InputStream in = null;
    try {
      in = new BufferedInputStream(Files.newInputStream(file.path()), BUFFER);
      if (file.name().toLowerCase(Locale.ROOT).endsWith(".gz")) {
        in = new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
      }
      in.mark(BUFFER);
      byte[] start = in.readNBytes(BUFFER - 1);
      in.reset();
      refuseOthers(file, start);
      return new TextTable(file, in, separator(start));
    } catch (IOException | RuntimeException e) {
      close(in);
      throw e instanceof IOException io ? broken(file, io) : (RuntimeException) e;
    }
  }

  private static void close(@Nullable InputStream in) {
    try {
      if (in != null) {
        in.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RuntimeException broken(NamedFile file, IOException e) {
    return e instanceof ZipException || e instanceof EOFException
        ? file.damaged(
            "cannot be unpacked: " + FirstBytes.text(String.valueOf(e.getMessage())),
            "gzip stream",
            "whole",
            String.valueOf(e.getMessage()))
        : ByteFile.unreadable(file.name(), e);
  }

  private static void refuseOthers(NamedFile file, byte[] start) {
    boolean binary = false;
    for (byte b : start) {
      binary |= b == 0;
    }
    if (binary || FirstBytes.isPage(start)) {
      throw file.unfit(
          "is no table: it begins with " + FirstBytes.words(start),
          "content",
          "text",
          FirstBytes.words(start));
    }
  }

  private static char separator(byte[] start) {
    int[] counts = new int[3];
    boolean quoted = false;
    for (byte b : start) {
      if (b == '\n' && !quoted) {
        break;
      }
      quoted ^= b == '"';
      if (!quoted) {
        counts[0] += b == '\t' ? 1 : 0;
        counts[1] += b == ',' ? 1 : 0;
        counts[2] += b == ';' ? 1 : 0;
      }
    }
    if (counts[0] >= counts[1] && counts[0] >= counts[2] && counts[0] > 0) {
      return '\t';
    }
    return counts[2] > counts[1] ? ';' : ',';
  }

  private static boolean isHeading(CsvRecord first, @Nullable CsvRecord second) {
    boolean none = first.getFields().stream().noneMatch(TextTable::isNumber);
    if (second == null) {
      return false;
    }
    int both = Math.min(first.getFieldCount(), second.getFieldCount());
    for (int c = 0; c < both; c++) {
      if (!isNumber(first.getField(c)) && isNumber(second.getField(c))) {
        return true;
      }
    }
    return none && !first.getFields().equals(second.getFields());
  }

  static boolean isNumber(String field) {
    String text = field.strip();
    if (text.isEmpty() || text.length() > 400) {
      return false;
    }
    char last = text.charAt(text.length() - 1);
    if (last != '.' && !Character.isDigit(last)) {
      return false;
    }
    try {
      return Double.isFinite(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private @Nullable CsvRecord read() {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (CsvParseException | NoSuchElementException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String reason = FirstBytes.text(String.valueOf(cause.getMessage()));
      throw file.damaged(
          "cannot be read as a table "
              + (index < 0 ? "from its start" : "after row " + index)
              + " ("
              + reason
              + "): is a quote not closed, a field longer than "
              + LONGEST_FIELD
              + " characters, or a line of more fields than "
              + MOST_COLUMNS
              + "?",
          "row " + (index + 1),
          "fields parted alike, quotes closed",
          reason);
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      throw broken(file, cause == null ? new IOException(e) : cause);
    }
  }

  /** Names of the columns; empty ones where there is no heading. */
  List<String> names() {
    return names;
  }

  /** Whether a column of the first row is a number. */
  List<Boolean> numeric() {
    return numeric;
  }

  /** Goes to the next row; false after the last. */
  boolean advance() {
    CsvRecord next = first;
    if (next == null) {
      next = read();
    } else {
      first = second;
      second = null;
    }
    row = next;
    index++;
    if (next != null && next.getFieldCount() != names.size()) {
      throw file.unfit(
          "has "
              + next.getFieldCount()
              + " fields in row "
              + place()
              + ", and "
              + names.size()
              + " in the first",
          "row " + index,
          names.size() + " fields",
          "" + next.getFieldCount());
    }
    return next != null;
  }

  /** Such as {@code 7 (line 9)}, rows counted from 0. */
  String place() {
    return row == null ? "" + index : index + " (line " + row.getStartingLineNumber() + ")";
  }

  /** A field of the row. */
  String field(int column) {
    CsvRecord now = row;
    if (now == null) {
      throw new IllegalStateException("no row was gone to");
    }
    return now.getField(column);
  }

  /** A field of the row that must be a finite float32. */
  float number(int column) {
    String text = field(column).strip();
    float number = isNumber(text) ? (float) Double.parseDouble(text) : Float.NaN;
    if (!Float.isFinite(number)) {
      throw file.unfit(
          "has "
              + (text.isEmpty() ? "nothing" : "\"" + FirstBytes.text(text) + "\"")
              + " in row "
              + place()
              + ", column "
              + name(column)
              + ": features must be finite numbers; leave the row out, or put a number there",
          "row " + index,
          "a finite number",
          text);
    }
    return number;
  }

  /** The name of a column, or its position. */
  String name(int column) {
    String name = names.get(column);
    return name.isEmpty() ? "" + column : FirstBytes.text(name);
  }

  /** Writes a field as a label: a whole number, or a name. */
  void label(int column, Example into) {
    String text = field(column).strip();
    if (text.isEmpty()) {
      throw file.unfit(
          "has no label in row " + place() + ", column " + name(column),
          "row " + index,
          "a label",
          "");
    }
    double number = isNumber(text) ? Double.parseDouble(text) : Double.NaN;
    if (number == Math.rint(number) && Math.abs(number) < 0x1p53) {
      into.label((long) number);
    } else {
      into.label(text);
    }
  }

  NamedFile file() {
    return file;
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw ByteFile.unreadable(file.name(), e);
    }
  }
}
