package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.ByteFile;
import dev.rote.corruption.datasets.NamedFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Labels that are texts of NumPy, [n]: each of as many bytes, the rest of a short one being 0. */
final class TextLabels implements LabelReader {
  private final ByteFile bytes;
  private final String name;
  private final NumpyHeader header;
  private final byte[] text;
  private final long rows;
  private long next;

  private TextLabels(NamedFile file, String name, NumpyHeader header) {
    this.name = name;
    this.header = header;
    this.text = new byte[header.textBytes()];
    this.rows = header.dimensions().get(0);
    this.bytes = ByteFile.open(file);
  }

  static TextLabels open(NamedFile file, String name, NumpyHeader header, long end) {
    if (header.dimensions().stream().skip(1).anyMatch(dimension -> dimension != 1)) {
      throw file.unfit(
          "has the dimensions " + header.dimensions() + " in " + name + ", labels have [n]",
          "dimensions",
          "[n]",
          header.dimensions().toString());
    }
    if (header.valueBytes() != end - header.length()) {
      throw file.damaged(
          "should have "
              + header.valueBytes()
              + " bytes in "
              + name
              + " by its header, and has "
              + (end - header.length()),
          "size",
          "" + header.valueBytes(),
          "" + (end - header.length()));
    }
    return new TextLabels(file, name, header);
  }

  @Override
  public boolean next(Example into) {
    if (next == rows) {
      return false;
    }
    bytes.read(header.length() + next * text.length, text, 0, text.length);
    into.label(header.wideText() ? wide() : narrow());
    next++;
    return true;
  }

  private String narrow() {
    int length = text.length;
    while (length > 0 && text[length - 1] == 0) {
      length--;
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  private String wide() {
    ByteOrder order = header.order();
    ByteBuffer points = ByteBuffer.wrap(text).order(order);
    StringBuilder read = new StringBuilder();
    while (points.remaining() >= Integer.BYTES) {
      int point = points.getInt();
      if (point == 0) {
        break;
      }
      if (!Character.isValidCodePoint(point)) {
        throw bytes
            .file()
            .damaged(
                "has a text that is none in row " + next + " of " + name,
                "row " + next,
                "Unicode",
                Integer.toHexString(point));
      }
      read.appendCodePoint(point);
    }
    return read.toString();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void close() {
    bytes.close();
  }
}
