package dev.rote.corruption.datasets;

import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The files of datasets, each found by its own rules and checked before it is given out. */
public final class DatasetFiles {
  private final VerifiedFiles verified;
  private final PublishedFiles published;
  private final OwnFiles own;
  private final FileCache cache;
  private final OwnSources sources;
  private final CachedUnpacking unpacking;

  /**
   * @param directory the user's datasets; null: none
   * @param cacheDirectory where fetched and unpacked files are kept
   * @param downloads null: nothing is fetched
   */
  public DatasetFiles(
      @Nullable Path directory, Path cacheDirectory, @Nullable Downloads downloads) {
    this(directory, cacheDirectory, downloads, null);
  }

  /**
   * @param directory the user's datasets; null: none
   * @param cacheDirectory where fetched and unpacked files are kept
   * @param downloads null: nothing is fetched
   * @param elsewhere where files of a user's own may lie, too; null: nowhere
   */
  public DatasetFiles(
      @Nullable Path directory,
      Path cacheDirectory,
      @Nullable Downloads downloads,
      @Nullable Elsewhere elsewhere) {
    this(directory, cacheDirectory, downloads, elsewhere, Clock.systemUTC());
  }

  DatasetFiles(
      @Nullable Path directory,
      Path cacheDirectory,
      @Nullable Downloads downloads,
      @Nullable Elsewhere elsewhere,
      Clock clock) {
    this.verified = new VerifiedFiles();
    this.cache = new FileCache(cacheDirectory, verified, clock);
    this.published = new PublishedFiles(directory, cache, verified, downloads);
    this.own = new OwnFiles(directory, cache, verified);
    this.unpacking = new CachedUnpacking(cache, verified);
    this.sources = new OwnSources(own, verified, new FetchedFiles(cache, elsewhere));
  }

  /** The SHA-256 of a file as it is now, in hexadecimal digits. */
  String sha256(NamedFile file) {
    return verified.sha256(file);
  }

  /**
   * A file of the datasets directory that is there and has the content that is meant.
   *
   * @param field path of the message that names it, which has fields path and sha256
   * @throws DatasetException with reason {@code MISSING} when there is no such file, {@code
   *     REFUSED} when it holds other content
   */
  public NamedFile located(String field, String path, String sha256) {
    NamedFile file = own.locate(field + ".path", path);
    String found = sha256(file);
    if (!found.equals(sha256)) {
      throw DatasetException.refused(
          field + ".sha256",
          "%s has the SHA-256 %s, not %s: write the one of the file that is meant"
              .formatted(path, found, sha256));
    }
    return file;
  }

  /** Checks, when a file was read, that it still has the content that is meant. */
  void requireStill(NamedFile file, String sha256) {
    verified.requireStill(file, sha256);
  }

  PublishedFiles published() {
    return published;
  }

  OwnFiles own() {
    return own;
  }

  /** Files of a user's own, wherever they come from. */
  OwnSources sources() {
    return sources;
  }

  FileCache cache() {
    return cache;
  }

  CachedUnpacking unpacking() {
    return unpacking;
  }
}
