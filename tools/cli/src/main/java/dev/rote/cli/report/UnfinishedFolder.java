package dev.rote.cli.report;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is being written beside its place. As long as its process lives, a lock on a file
 * beside it says so; what a process that was killed left behind is removed by the next one.
 */
final class UnfinishedFolder implements AutoCloseable {
  private static final String FOLDER = ".part";
  private static final String LOCK = ".lock";

  /** From when on a folder whose lock is gone belongs to nobody. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path folder;
  private final Path lock;
  private final FileChannel held;

  private UnfinishedFolder(Path folder, Path lock, FileChannel held) {
    this.folder = folder;
    this.lock = lock;
    this.held = held;
  }

  /** A fresh one for a folder of that name. */
  static UnfinishedFolder in(Path parent, String name) throws IOException {
    String own = "." + name + "." + UUID.randomUUID();
    removeAbandoned(parent, "." + name + ".");
    Path lock = parent.resolve(own + LOCK);
    FileChannel held =
        FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    held.lock();
    Path folder = parent.resolve(own + FOLDER);
    Files.createDirectories(folder);
    return new UnfinishedFolder(folder, lock, held);
  }

  /* A name may be another's beginning: what is locked stays in any case. */
  private static void removeAbandoned(Path parent, String prefix) throws IOException {
    for (Path lock : entries(parent, prefix, LOCK)) {
      removeIfFree(lock);
    }
    Instant old = Instant.now().minus(ABANDONED);
    for (Path folder : entries(parent, prefix, FOLDER)) {
      if (!Files.exists(lockOf(folder))
          && Files.getLastModifiedTime(folder).toInstant().isBefore(old)) {
        FileTree.delete(folder);
      }
    }
  }

  private static List<Path> entries(Path parent, String prefix, String suffix) throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith(prefix))
          .filter(entry -> entry.getFileName().toString().endsWith(suffix))
          .toList();
    }
  }

  private static void removeIfFree(Path lock) throws IOException {
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        @Nullable FileLock taken = channel.tryLock()) {
      if (taken != null) {
        String name = lock.getFileName().toString();
        String stem = name.substring(0, name.length() - LOCK.length());
        FileTree.delete(lock.resolveSibling(stem + FOLDER));
        Files.deleteIfExists(lock);
      }
    } catch (OverlappingFileLockException e) {
      // This process writes it.
    } catch (NoSuchFileException e) {
      // Its process has just ended, in good order.
    }
  }

  private static Path lockOf(Path folder) {
    String name = folder.getFileName().toString();
    return folder.resolveSibling(name.substring(0, name.length() - FOLDER.length()) + LOCK);
  }

  Path path() {
    return folder;
  }

  /** Removes what is still there of it. */
  @Override
  public void close() throws IOException {
    try {
      FileTree.delete(folder);
    } finally {
      Files.deleteIfExists(lock);
      held.close();
    }
  }
}
