package dev.rote.corruption.datasets;

import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The files of datasets, each found by its own rules and checked before it is given out. */
public final class DatasetFiles {
  private final VerifiedFiles verified;
  private final PublishedFiles published;
  private final OwnFiles own;

  /**
   * @param directory the user's datasets; null: none
   * @param cacheDirectory where fetched and unpacked files are kept
   * @param downloads null: nothing is fetched
   */
  public DatasetFiles(
      @Nullable Path directory, Path cacheDirectory, @Nullable Downloads downloads) {
    this.verified = new VerifiedFiles();
    FileCache cache = new FileCache(cacheDirectory, verified, Clock.systemUTC());
    this.published = new PublishedFiles(directory, cache, verified, downloads);
    this.own = new OwnFiles(directory, cache, verified);
  }

  /** The SHA-256 of a file as it is now, in hexadecimal digits. */
  String sha256(NamedFile file) {
    return verified.sha256(file);
  }

  PublishedFiles published() {
    return published;
  }

  OwnFiles own() {
    return own;
  }
}
