package dev.rote.corruption.datasets;

import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The files of datasets, each found by its own rules and checked before it is given out. */
public final class DatasetFiles {
  private final PublishedFiles published;
  private final OwnFiles own;

  /**
   * @param directory the user's datasets; null: none
   * @param cacheDirectory where fetched and unpacked files are kept
   * @param downloads null: nothing is fetched
   */
  public DatasetFiles(
      @Nullable Path directory, Path cacheDirectory, @Nullable Downloads downloads) {
    VerifiedFiles verified = new VerifiedFiles();
    FileCache cache = new FileCache(cacheDirectory, verified, Clock.systemUTC());
    this.published = new PublishedFiles(directory, cache, verified, downloads);
    this.own = new OwnFiles(directory, cache, verified);
  }

  PublishedFiles published() {
    return published;
  }

  OwnFiles own() {
    return own;
  }
}
