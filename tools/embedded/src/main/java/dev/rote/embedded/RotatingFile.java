package dev.rote.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A log of bounded size: what is written goes to the end of a file; when that is full it becomes
 * {@code NAME.1}, the one before it {@code NAME.2}, and the oldest is deleted. Lines stay whole,
 * unless one alone is larger than a file. Nothing written makes the file. Safe for use by several
 * threads.
 */
final class RotatingFile extends OutputStream {

  private static final long LARGEST = 4L << 20;
  private static final int FILES = 3;

  private final Path file;
  private final long largest;
  private final int files;
  private @Nullable OutputStream out;
  private long size;

  /**
   * @param largest bytes of one file
   * @param files how many there are at most, the newest included
   */
  RotatingFile(Path file, long largest, int files) {
    this.file = file;
    this.largest = largest;
    this.files = files;
  }

  /** The log of a part: three files of 4 MiB. */
  static RotatingFile log(Path file) {
    return new RotatingFile(file, LARGEST, FILES);
  }

  @Override
  public synchronized void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    OutputStream open = opened();
    for (int done = 0; done < length; open = opened()) {
      int end = endOfLine(bytes, offset + done, offset + length) - offset;
      open.write(bytes, offset + done, end - done);
      size += end - done;
      done = end;
      boolean whole = bytes[offset + end - 1] == '\n';
      if (size >= largest && (whole || size >= 2 * largest)) {
        rotate();
      }
    }
  }

  /* All that fits and, at the border, up to the end of the line. */
  private int endOfLine(byte[] bytes, int from, int to) {
    long room = Math.max(largest - size, 1);
    if (room > to - from) {
      return to;
    }
    for (int i = from + (int) room - 1; i < to; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return to;
  }

  private OutputStream opened() throws IOException {
    OutputStream open = out;
    if (open == null) {
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      open = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      size = Files.size(file);
      out = open;
    }
    return open;
  }

  private void rotate() throws IOException {
    close();
    for (int older = files - 1; older > 0; older--) {
      Path from = older == 1 ? file : numbered(older - 1);
      if (Files.exists(from)) {
        Files.move(from, numbered(older), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path numbered(int age) {
    return file.resolveSibling(file.getFileName() + "." + age);
  }

  /** The file is opened again by the next write. */
  @Override
  public synchronized void close() throws IOException {
    OutputStream open = out;
    out = null;
    if (open != null) {
      open.close();
    }
  }
}
