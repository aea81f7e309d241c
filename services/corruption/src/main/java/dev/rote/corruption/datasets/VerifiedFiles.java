package dev.rote.corruption.datasets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sums of files, each taken once as long as the file's size and modification time stay. */
final class VerifiedFiles {
  private static final int CHUNK = 1 << 16;

  private final Map<Summed, Known> sums = new ConcurrentHashMap<>();

  private record Summed(Path path, FileSum kind) {}

  /** The SHA-256 of a file in hexadecimal digits. */
  String sha256(NamedFile file) {
    return sum(file, FileSum.SHA_256);
  }

  /** The sum of a file in hexadecimal digits. */
  String sum(NamedFile file, FileSum kind) {
    Summed summed = new Summed(file.path(), kind);
    try {
      BasicFileAttributes now = Files.readAttributes(file.path(), BasicFileAttributes.class);
      Known known = sums.get(summed);
      if (known == null
          || known.sizeBytes != now.size()
          || !known.modified.equals(now.lastModifiedTime())) {
        known = new Known(now.size(), now.lastModifiedTime(), sum(file.path(), kind));
        sums.put(summed, known);
      }
      return known.sum;
    } catch (IOException e) {
      throw ByteFile.unreadable(file.name(), e);
    }
  }

  /**
   * Checks that a file is still the one of a sum, when something was made of it that bears the sum.
   *
   * @throws DatasetException with reason {@code UNREACHABLE}: asked again, it is another file
   */
  void requireStill(NamedFile file, String sha256) {
    if (!sha256(file).equals(sha256)) {
      throw DatasetException.changing(file.name());
    }
  }

  /** Remembers the sum of a file that was written just now, so that it is not read for it. */
  void remember(Path file, FileSum kind, String sum) throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    sums.put(new Summed(file, kind), new Known(now.size(), now.lastModifiedTime(), sum));
  }

  /**
   * Checks the size of a published file.
   *
   * @throws DatasetException with reason {@code DAMAGED}
   */
  void checkSize(Path file, long expectedBytes) {
    try {
      long actual = Files.size(file);
      if (actual != expectedBytes) {
        throw DatasetException.damaged(file.toString(), "size", "" + expectedBytes, "" + actual);
      }
    } catch (IOException e) {
      throw ByteFile.unreadable(file.toString(), e);
    }
  }

  /**
   * Checks the SHA-256 of a published file.
   *
   * @throws DatasetException with reason {@code DAMAGED}
   */
  void checkSum(Path file, String expected) {
    String actual = sha256(NamedFile.published(file));
    if (!actual.equals(expected)) {
      throw DatasetException.damaged(file.toString(), "SHA-256", expected, actual);
    }
  }

  /** The SHA-256 of a file as it is now. */
  static String sum(Path file) throws IOException {
    return sum(file, FileSum.SHA_256);
  }

  private static String sum(Path file, FileSum kind) throws IOException {
    FileSum.Summing sum = kind.begin();
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, 1 + in.size()));
      while (in.read(chunk) >= 0) {
        sum.add(chunk.array(), 0, chunk.position());
        chunk.clear();
      }
    }
    return sum.hex();
  }

  private record Known(long sizeBytes, FileTime modified, String sum) {}
}
