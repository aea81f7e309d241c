package dev.rote.corruption.datasets;

import dev.rote.artifacts.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sums of files, each taken once as long as the file's size and modification time stay. */
final class VerifiedFiles {
  static final int CHUNK = 1 << 16;

  private final Map<Path, Known> sums = new ConcurrentHashMap<>();

  /** The SHA-256 of a file in hexadecimal digits. */
  String sha256(NamedFile file) {
    Path path = file.path();
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      Known known = sums.get(path);
      if (known == null
          || known.sizeBytes != now.size()
          || !known.modified.equals(now.lastModifiedTime())) {
        known = new Known(now.size(), now.lastModifiedTime(), sum(path));
        sums.put(path, known);
      }
      return known.sha256;
    } catch (IOException e) {
      throw ByteFile.unreadable(file.name(), e);
    }
  }

  /** Remembers the sum of a file that was written just now, so that it is not read for it. */
  void remember(Path file, String sha256) throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    sums.put(file, new Known(now.size(), now.lastModifiedTime(), sha256));
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
    return sum(file, new byte[CHUNK]);
  }

  /** The same for one of many files, by way of a chunk that serves them all. */
  static String sum(Path file, byte[] chunk) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        digest.update(chunk, 0, read);
      }
    }
    return Sha256.hex(digest.digest());
  }

  private record Known(long sizeBytes, FileTime modified, String sha256) {}
}
