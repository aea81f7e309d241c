package dev.rote.corruption.datasets;

import dev.rote.corruption.datasets.DataFile.Origin;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of datasets: in the datasets directory, unpacked or gzipped; else in the cache;
 * else by download. Each is checked before it is given out.
 */
public final class DatasetFiles {
  private static final int BUFFER = 1 << 16;

  private final @Nullable Path directory;
  private final @Nullable Downloads downloads;
  private final VerifiedFiles verified = new VerifiedFiles();
  private final FileCache cache;
  private final Object fetching = new Object();

  /**
   * @param directory the user's datasets; null: none
   * @param cacheDirectory where fetched and unpacked files are kept
   * @param downloads null: nothing is fetched
   */
  public DatasetFiles(
      @Nullable Path directory, Path cacheDirectory, @Nullable Downloads downloads) {
    this.directory = directory;
    this.downloads = downloads;
    this.cache = new FileCache(cacheDirectory, verified);
  }

  /**
   * A file of a known dataset, unpacked and checked.
   *
   * @throws DatasetException when it is missing, damaged or cannot be fetched
   */
  Path locate(DataFile file) {
    Optional<Path> there = local(file);
    if (there.isPresent()) {
      return there.get();
    }
    synchronized (fetching) {
      return cache.find(file.path()).orElseGet(() -> download(file));
    }
  }

  /**
   * Checks that {@link #locate} would succeed: sums of the files that are there, and that an
   * address answers for those that are not. Fetches nothing.
   */
  void check(DataFile file) {
    if (local(file).isPresent() || cache.find(file.path()).isPresent()) {
      return;
    }
    Origin origin = file.origin();
    if (origin == null || downloads == null) {
      throw missing(file);
    }
    StringBuilder tried = new StringBuilder();
    for (var address : origin.addresses()) {
      String why = downloads.unreachable(address);
      if (why == null) {
        return;
      }
      tried.append("; ").append(address).append(": ").append(why);
    }
    throw DatasetException.missing(file.path(), missing(file).getMessage() + tried);
  }

  /** Whether the file is at hand, unchecked. */
  boolean present(DataFile file) {
    return (directory != null
            && (Files.isRegularFile(directory.resolve(file.path()))
                || Files.isRegularFile(directory.resolve(file.path() + ".gz"))))
        || cache.contains(file.path());
  }

  /** What to do about a missing file. */
  String hint(List<DataFile> missing) {
    StringBuilder names = new StringBuilder();
    missing.forEach(file -> names.append(names.isEmpty() ? "" : ", ").append(file.path()));
    String where =
        directory == null
            ? "no datasets directory is set"
            : "they are looked for in " + directory.toAbsolutePath();
    return "missing: "
        + names
        + " ("
        + where
        + (downloads == null ? "; downloads are off" : "; fetched when first asked for")
        + ")";
  }

  /**
   * A file of the user's own, unpacked when its name ends in .gz.
   *
   * @param field path of the field that names it
   * @param relative path in the datasets directory
   */
  Path own(String field, String relative) {
    Path file = ownFile(field, relative);
    return relative.endsWith(".gz") ? unpack(file, "own/" + verified.sha256(file)) : file;
  }

  private Path ownFile(String field, String relative) {
    Path base = directory;
    if (base == null) {
      throw DatasetException.missing(
          "idx", "files of your own need a datasets directory, and none is set");
    }
    Path file = base.resolve(relative).normalize();
    if (!file.startsWith(base.normalize()) || Path.of(relative).isAbsolute()) {
      throw DatasetException.refused(
          field, "must be a path inside the datasets directory, was " + relative);
    }
    if (!Files.isRegularFile(file)) {
      throw DatasetException.missing(
          "idx", field + ": there is no file " + relative + " in " + base.toAbsolutePath());
    }
    return file;
  }

  /** The SHA-256 of a file of the user's own as it is now, in hexadecimal digits. */
  String ownSum(String field, String relative) {
    return verified.sha256(ownFile(field, relative));
  }

  private Optional<Path> local(DataFile file) {
    if (directory == null) {
      return Optional.empty();
    }
    Path plain = directory.resolve(file.path());
    if (Files.isRegularFile(plain)) {
      verified.checkSize(plain, file.sizeBytes());
      String known = file.sha256();
      if (known != null) {
        verified.checkSum(plain, known);
      }
      return Optional.of(plain);
    }
    Path gzipped = directory.resolve(file.path() + ".gz");
    if (Files.isRegularFile(gzipped)) {
      String known = file.gzipSha256();
      if (known != null) {
        verified.checkSum(gzipped, known);
      }
      Path unpacked =
          unpack(gzipped, known == null ? "own/" + verified.sha256(gzipped) : file.path());
      verified.checkSize(unpacked, file.sizeBytes());
      return Optional.of(unpacked);
    }
    return Optional.empty();
  }

  private Path unpack(Path gzipped, String key) {
    synchronized (fetching) {
      return cache.find(key).orElseGet(() -> store(gzipped, key));
    }
  }

  private Path store(Path gzipped, String key) {
    try (InputStream in =
        new GZIPInputStream(
            new BufferedInputStream(Files.newInputStream(gzipped), BUFFER), BUFFER)) {
      return cache.store(key, in);
    } catch (ZipException | EOFException e) {
      throw DatasetException.damaged(
          gzipped.toString(), "gzip stream", "whole", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw ByteFile.unreadable(gzipped, e);
    }
  }

  private Path download(DataFile file) {
    Origin origin = file.origin();
    if (origin == null || downloads == null) {
      throw missing(file);
    }
    try {
      Path part = cache.unfinished();
      try {
        downloads.fetch(origin.addresses(), origin.sha256(), part);
        if (origin.archive()) {
          return extract(part, file);
        }
        Path unpacked = store(part, file.path());
        verified.checkSize(unpacked, file.sizeBytes());
        return unpacked;
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw DatasetException.unreachable(
          file.path(), "could not keep " + file.path() + " in the cache: " + e, e);
    }
  }

  /** Keeps every entry of an archive's folder, so that it is fetched once. */
  private Path extract(Path archive, DataFile file) throws IOException {
    Map<String, Path> kept = new HashMap<>();
    try (InputStream in =
        new GZIPInputStream(
            new BufferedInputStream(Files.newInputStream(archive), BUFFER), BUFFER)) {
      TarEntries entries = new TarEntries(in);
      for (String name = entries.next(); name != null; name = entries.next()) {
        if (name.matches("[a-z0-9-]+/[a-z0-9_]+\\.bin")) {
          kept.put(name, cache.store(name, entries.content()));
        }
      }
    }
    Path found = kept.get(file.path());
    if (found == null) {
      throw DatasetException.damaged(
          archive.toString(), "entries", "with " + file.path(), "" + kept.keySet());
    }
    verified.checkSize(found, file.sizeBytes());
    return found;
  }

  private DatasetException missing(DataFile file) {
    return DatasetException.missing(file.path(), hint(List.of(file)));
  }
}
