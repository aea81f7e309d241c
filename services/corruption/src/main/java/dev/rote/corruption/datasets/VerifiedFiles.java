package dev.rote.corruption.datasets;

import dev.rote.artifacts.variants.Sha256;
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
  private static final int CHUNK = 1 << 16;

  private final Map<Path, Known> sums = new ConcurrentHashMap<>();

  /** The SHA-256 of a file in hexadecimal digits. */
  String sha256(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      Known known = sums.get(file);
      if (known == null
          || known.sizeBytes != now.size()
          || !known.modified.equals(now.lastModifiedTime())) {
        known = new Known(now.size(), now.lastModifiedTime(), sum(file));
        sums.put(file, known);
      }
      return known.sha256;
    } catch (IOException e) {
      throw ByteFile.unreadable(file, e);
    }
  }

  /**
   * Checks the size of a file.
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
      throw ByteFile.unreadable(file, e);
    }
  }

  /**
   * Checks the SHA-256 of a file.
   *
   * @throws DatasetException with reason {@code DAMAGED}
   */
  void checkSum(Path file, String expected) {
    String actual = sha256(file);
    if (!actual.equals(expected)) {
      throw DatasetException.damaged(file.toString(), "SHA-256", expected, actual);
    }
  }

  private static String sum(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        digest.update(chunk, 0, read);
      }
    }
    return Sha256.hex(digest.digest());
  }

  private record Known(long sizeBytes, FileTime modified, String sha256) {}
}
