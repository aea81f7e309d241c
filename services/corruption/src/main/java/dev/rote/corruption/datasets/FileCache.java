package dev.rote.corruption.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Unpacked, fetched and laid down files, each with its sum beside it in {@code <key>.sha256} or
 * {@code <key>.crc32c}, whose time is when the file was last asked for. A file appears under its
 * key only when it is whole.
 */
final class FileCache {
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
    try {
      for (FileSum kind : FileSum.values()) {
        Path sum = directory.resolve(key + kind.suffix());
        if (Files.isRegularFile(file)
            && Files.isRegularFile(sum)
            && Files.readString(sum)
                .strip()
                .equals(verified.sum(NamedFile.published(file), kind))) {
          Files.setLastModifiedTime(sum, FileTime.from(clock.instant()));
          return Optional.of(file);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw ByteFile.unreadable(file.toString(), e);
    }
  }

  /** Whether there is a file under a key, unchecked. */
  boolean contains(String key) {
    return Files.isRegularFile(directory.resolve(key))
        && Arrays.stream(FileSum.values())
            .anyMatch(kind -> Files.isRegularFile(directory.resolve(key + kind.suffix())));
  }

  /**
   * Stores what a stream holds.
   *
   * @param bytes that it must hold; no more are ever written
   * @param origin checks, when all was read, that what the stream comes from is what the key says
   * @throws LengthException when it holds more or fewer
   * @throws NoRoomException when the disk has no room for them
   */
  Path store(String key, InputStream content, long bytes, Runnable origin) throws IOException {
    return make(
        key,
        FileSum.CRC_32C,
        part -> {
          String sum = copy(content, bytes, part, FileSum.CRC_32C);
          origin.run();
          return sum;
        });
  }

  /**
   * Copies what a stream holds to a file.
   *
   * @param bytes that it must hold; no more are ever written
   * @return the sum of what was copied
   * @throws LengthException when it holds more or fewer
   * @throws NoRoomException when the disk has no room for them
   */
  String copy(InputStream content, long bytes, Path to, FileSum kind) throws IOException {
    checkRoom(bytes);
    try (SummedFile out = SummedFile.create(to, kind)) {
      long copied = new BoundedStream(content, bytes).transferTo(out);
      if (copied < bytes) {
        throw LengthException.shorter(bytes, copied);
      }
      return out.sum();
    }
  }

  /** Writes a file. */
  interface Writing {
    /** Returns the sum of what it wrote. */
    String to(Path file) throws IOException;
  }

  /**
   * Stores what is written to a file, of a size that nobody knows beforehand.
   *
   * @param kind of sum that the writing returns
   */
  Path make(String key, FileSum kind, Writing writing) throws IOException {
    Path part = unfinished();
    Path sum = unfinished();
    try {
      String written = writing.to(part);
      Files.writeString(sum, written + "\n");
      Path file = directory.resolve(key);
      Files.createDirectories(file.toAbsolutePath().getParent());
      /* The sum first, so that no file is without one. */
      move(sum, directory.resolve(key + kind.suffix()));
      /* One of another kind is of what was there before, and would have this removed as unused. */
      for (FileSum other : FileSum.values()) {
        if (other != kind) {
          Files.deleteIfExists(directory.resolve(key + other.suffix()));
        }
      }
      move(part, file);
      verified.remember(file, kind, written);
      return file;
    } finally {
      Files.deleteIfExists(part);
      Files.deleteIfExists(sum);
    }
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
    try {
      for (FileSum kind : FileSum.values()) {
        removeUnused(place, kind.suffix(), old);
      }
    } catch (NoSuchFileException e) {
      /* Another process that shares the cache was faster, and goes on with the rest. */
    } catch (IOException e) {
      throw ByteFile.unreadable(place.toString(), e);
    }
  }

  private static void removeUnused(Path place, String suffix, Instant old) throws IOException {
    try (DirectoryStream<Path> sums = Files.newDirectoryStream(place, "*" + suffix)) {
      for (Path sum : sums) {
        if (Files.getLastModifiedTime(sum).toInstant().isBefore(old)) {
          String name = sum.getFileName().toString();
          Files.deleteIfExists(
              sum.resolveSibling(name.substring(0, name.length() - suffix.length())));
          Files.deleteIfExists(sum);
        }
      }
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
