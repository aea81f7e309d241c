package dev.rote.corruption.datasets;

import dev.rote.artifacts.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Unpacked and fetched files, each with its SHA-256 beside it in {@code <key>.sha256}, whose time
 * is when the file was last asked for. A file appears under its key only when it is whole.
 */
final class FileCache {
  private static final String SUM = ".sha256";
  private static final String UNFINISHED = ".part";
  private static final Duration ABANDONED = Duration.ofDays(2);
  private static final Duration UNUSED = Duration.ofDays(14);

  private final Path directory;
  private final VerifiedFiles verified;
  private final Clock clock;
  private final AtomicBoolean swept = new AtomicBoolean();

  FileCache(Path directory, VerifiedFiles verified, Clock clock) {
    this.directory = directory;
    this.verified = verified;
    this.clock = clock;
  }

  Path directory() {
    return directory;
  }

  /** The file under a key; one that is not what was stored counts as absent. */
  Optional<Path> find(String key) {
    Path file = directory.resolve(key);
    Path sum = directory.resolve(key + SUM);
    try {
      if (Files.isRegularFile(file)
          && Files.isRegularFile(sum)
          && Files.readString(sum).strip().equals(verified.sha256(NamedFile.published(file)))) {
        Files.setLastModifiedTime(sum, FileTime.from(clock.instant()));
        return Optional.of(file);
      }
      return Optional.empty();
    } catch (IOException e) {
      throw ByteFile.unreadable(file.toString(), e);
    }
  }

  /** Whether there is a file under a key, unchecked. */
  boolean contains(String key) {
    return Files.isRegularFile(directory.resolve(key))
        && Files.isRegularFile(directory.resolve(key + SUM));
  }

  /**
   * Stores what a stream holds.
   *
   * @param bytes that it must hold; no more are ever written
   * @throws LengthException when it holds more or fewer
   * @throws NoRoomException when the disk has no room for them
   */
  Path store(String key, InputStream content, long bytes) throws IOException {
    return make(key, part -> copy(content, bytes, part));
  }

  /**
   * Copies what a stream holds to a file.
   *
   * @param bytes that it must hold; no more are ever written
   * @return the SHA-256 of what was copied
   * @throws LengthException when it holds more or fewer
   * @throws NoRoomException when the disk has no room for them
   */
  String copy(InputStream content, long bytes, Path to) throws IOException {
    checkRoom(bytes);
    MessageDigest digest = Sha256.digest();
    long copied;
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
      copied = new BoundedStream(content, bytes).transferTo(out);
    }
    if (copied < bytes) {
      throw LengthException.shorter(bytes, copied);
    }
    return Sha256.hex(digest.digest());
  }

  /** Writes a file. */
  interface Writing {
    /** Returns the SHA-256 of what it wrote. */
    String to(Path file) throws IOException;
  }

  /** Stores what is written to a file, of a size that nobody knows beforehand. */
  Path make(String key, Writing writing) throws IOException {
    Path part = unfinished();
    Path sum = unfinished();
    try {
      String sha256 = writing.to(part);
      Files.writeString(sum, sha256 + "\n");
      Path file = keep(key, part, sum);
      verified.remember(file, sha256);
      return file;
    } finally {
      Files.deleteIfExists(part);
      Files.deleteIfExists(sum);
    }
  }

  /** Gives what was written its place: the sum first, so that no file is without one. */
  private Path keep(String key, Path part, Path sum) throws IOException {
    Path file = directory.resolve(key);
    Files.createDirectories(file.toAbsolutePath().getParent());
    move(sum, directory.resolve(key + SUM));
    move(part, file);
    return file;
  }

  private void checkRoom(long bytes) throws IOException {
    long room = Files.getFileStore(directory).getUsableSpace();
    if (bytes > room) {
      throw new NoRoomException(
          bytes + " bytes have no room in " + directory + ", where " + room + " are free");
    }
  }

  /** A disk is too full for a file. */
  static final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1L;

    private NoRoomException(String message) {
      super(message);
    }
  }

  /** A fresh path for a file that is being written; the caller removes it. */
  Path unfinished() throws IOException {
    Files.createDirectories(directory);
    if (!swept.getAndSet(true)) {
      removeAbandoned();
    }
    return directory.resolve(UUID.randomUUID() + UNFINISHED);
  }

  /** Removes what processes that were killed left behind, long after any could still write it. */
  private void removeAbandoned() throws IOException {
    Instant old = clock.instant().minus(ABANDONED);
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(directory, "*" + UNFINISHED)) {
      for (Path part : parts) {
        if (Files.getLastModifiedTime(part).toInstant().isBefore(old)) {
          Files.deleteIfExists(part);
        }
      }
    } catch (NoSuchFileException e) {
      /* Another process that shares the cache was faster. */
      swept.set(false);
    }
  }

  /**
   * Removes the files of a folder that nobody has asked for in a long time: whoever asks again has
   * them made again.
   */
  void removeUnused(String folder) {
    Path place = directory.resolve(folder);
    if (!Files.isDirectory(place)) {
      return;
    }
    Instant old = clock.instant().minus(UNUSED);
    try (DirectoryStream<Path> sums = Files.newDirectoryStream(place, "*" + SUM)) {
      for (Path sum : sums) {
        if (Files.getLastModifiedTime(sum).toInstant().isBefore(old)) {
          String name = sum.getFileName().toString();
          Files.deleteIfExists(sum.resolveSibling(name.substring(0, name.length() - SUM.length())));
          Files.deleteIfExists(sum);
        }
      }
    } catch (NoSuchFileException e) {
      /* Another process that shares the cache was faster, and goes on with the rest. */
    } catch (IOException e) {
      throw ByteFile.unreadable(place.toString(), e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
