package dev.rote.corruption.datasets;

import dev.rote.artifacts.variants.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;

/**
 * Unpacked and fetched files, each with its SHA-256 beside it in {@code <key>.sha256}. A file
 * appears under its key only when it is whole.
 */
final class FileCache {
  private static final String SUM = ".sha256";
  private static final String UNFINISHED = ".part";

  private final Path directory;
  private final VerifiedFiles verified;

  FileCache(Path directory, VerifiedFiles verified) {
    this.directory = directory;
    this.verified = verified;
  }

  /** The file under a key; one that is not what was stored counts as absent. */
  Optional<Path> find(String key) {
    Path file = directory.resolve(key);
    Path sum = directory.resolve(key + SUM);
    try {
      if (Files.isRegularFile(file)
          && Files.isRegularFile(sum)
          && Files.readString(sum).strip().equals(verified.sha256(file))) {
        return Optional.of(file);
      }
      return Optional.empty();
    } catch (IOException e) {
      throw ByteFile.unreadable(file, e);
    }
  }

  /** Whether there is a file under a key, unchecked. */
  boolean contains(String key) {
    return Files.isRegularFile(directory.resolve(key))
        && Files.isRegularFile(directory.resolve(key + SUM));
  }

  /** Stores what a stream holds. */
  Path store(String key, InputStream content) throws IOException {
    Path file = directory.resolve(key);
    MessageDigest digest = Sha256.digest();
    Path part = unfinished();
    try {
      try (OutputStream out = new DigestOutputStream(Files.newOutputStream(part), digest)) {
        content.transferTo(out);
      }
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path sum = unfinished();
      Files.writeString(sum, Sha256.hex(digest.digest()) + "\n");
      move(sum, directory.resolve(key + SUM));
      move(part, file);
      return file;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** A fresh path for a file that is being written; the caller removes it. */
  Path unfinished() throws IOException {
    Files.createDirectories(directory);
    return directory.resolve(UUID.randomUUID() + UNFINISHED);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
