package dev.rote.artifacts.variants;

import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreException.Reason;
import dev.rote.v1.ShardRef;
import dev.rote.v1.SplitManifest;
import dev.rote.v1.VariantManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Splits of variants in a local directory, fetched once and then mapped.
 *
 * <p>Safe for threads and for processes that share the directory, also when one of them is killed:
 * a file appears under its name only when it is whole, and is checked when it is opened. Once the
 * directory holds more than its limit, the files not used for longest are removed.
 */
public final class VariantCache {
  private static final String SUFFIX = ".shards";
  private static final String UNFINISHED = ".part";
  private static final long ABANDONED_SECONDS = 3600;

  private final VariantSource source;
  private final Path directory;
  private final long limitBytes;
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  /**
   * @param directory where the files lie, made when it is not there
   * @param limitBytes bytes of files above which old ones are removed
   */
  public VariantCache(VariantSource source, Path directory, long limitBytes) {
    this.source = source;
    this.directory = directory;
    this.limitBytes = limitBytes;
  }

  /**
   * A split of a variant, fetched unless it is there.
   *
   * @throws ObjectStoreException from the source
   */
  public LocalVariant open(String variantId, VariantSplit split) {
    if (!variantId.matches("[A-Za-z0-9]{1,64}")) {
      throw new ObjectStoreException(
          Reason.NOT_FOUND, "a variant id is made of letters and digits, was " + variantId);
    }
    Slot slot = slots.computeIfAbsent(variantId + "-" + split.key(), name -> new Slot());
    synchronized (slot) {
      LocalVariant there = slot.variant.get();
      Path file = directory.resolve(variantId + "-" + split.key() + SUFFIX);
      try {
        if (there == null) {
          there = fetch(variantId, split, file);
          slot.variant = new SoftReference<>(there);
        } else if (Files.exists(file)) {
          touch(file);
        }
        return there;
      } catch (IOException e) {
        throw new UncheckedIOException("could not keep variant " + variantId + " in " + file, e);
      }
    }
  }

  private LocalVariant fetch(String variantId, VariantSplit split, Path file) throws IOException {
    VariantManifest manifest = source.manifest(variantId);
    if (Files.exists(file)) {
      try {
        LocalVariant mapped = LocalVariant.map(manifest, split, file);
        touch(file);
        return mapped;
      } catch (ObjectStoreException | IOException e) {
        /* A damaged copy is no loss: the source has the bytes. */
        Files.deleteIfExists(file);
      }
    }
    Files.createDirectories(directory);
    makeRoom(manifest, split);
    Path part = directory.resolve(file.getFileName() + "-" + UUID.randomUUID() + UNFINISHED);
    try {
      try (FileChannel out =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        source.shards(manifest, split, bytes -> write(out, bytes));
      }
      LocalVariant mapped = LocalVariant.map(manifest, split, part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return mapped;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int written = out.write(bytes);
      if (written < 0) {
        throw new IOException("the file was closed");
      }
    }
  }

  private static void touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
  }

  private void makeRoom(VariantManifest manifest, VariantSplit split) throws IOException {
    SplitManifest of = split.of(manifest);
    long used = of.getShardsList().stream().mapToLong(ShardRef::getSizeBytes).sum();
    Instant abandoned = Instant.now().minusSeconds(ABANDONED_SECONDS);
    for (CachedFile cached : files()) {
      boolean leftover =
          cached.path.toString().endsWith(UNFINISHED) && cached.used.isBefore(abandoned);
      used += cached.bytes;
      if (leftover || (used > limitBytes && cached.path.toString().endsWith(SUFFIX))) {
        Files.deleteIfExists(cached.path);
        used -= cached.bytes;
      }
    }
  }

  /** The files of the directory, most recently used first. */
  private List<CachedFile> files() throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths
          .map(CachedFile::of)
          .flatMap(List::stream)
          .sorted(Comparator.comparing(CachedFile::used).reversed())
          .toList();
    }
  }

  private record CachedFile(Path path, long bytes, Instant used) {
    /** Empty when another process has removed it meanwhile. */
    static List<CachedFile> of(Path path) {
      try {
        return List.of(
            new CachedFile(path, Files.size(path), Files.getLastModifiedTime(path).toInstant()));
      } catch (IOException e) {
        return List.of();
      }
    }
  }

  private static final class Slot {
    private SoftReference<LocalVariant> variant = new SoftReference<>(null);
  }
}
