package dev.rote.corruption.datasets;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.corruption.datasets.DataFile.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files of a user's own that lie elsewhere: in object storage under their SHA-256, or at an
 * address. Each is fetched once into the cache, checked; who wants the same file meanwhile waits,
 * nobody else does.
 */
final class FetchedFiles {
  /** How references to object storage begin: {@code stored:<SHA-256>/<name>}. */
  static final String STORED = "stored:";

  static final String HTTPS = "https:";

  private static final String FOLDER = "fetched";
  private static final long LARGEST = 1L << 40;

  private final FileCache cache;
  private final @Nullable Downloads downloads;
  private final @Nullable ObjectStore store;
  private final SingleFlight<Path> fetching = new SingleFlight<>();

  FetchedFiles(FileCache cache, @Nullable Downloads downloads, @Nullable ObjectStore store) {
    this.cache = cache;
    this.downloads = downloads;
    this.store = store;
  }

  /**
   * The file, fetched.
   *
   * @param sha256 of an address
   */
  NamedFile file(String field, String reference, String sha256) {
    boolean stored = reference.startsWith(STORED);
    String sum = stored ? reference.substring(STORED.length(), reference.indexOf('/')) : sha256;
    String key = FOLDER + "/" + sum;
    Path file =
        fetching
            .run(
                key,
                () ->
                    cache
                        .find(key)
                        .orElseGet(
                            () ->
                                stored
                                    ? fromStore(reference, sum, key)
                                    : fromAddress(field, reference, sum, key)))
            .value();
    return new NamedFile(reference, file, field);
  }

  private Path fromStore(String reference, String sum, String key) {
    cache.removeUnused(FOLDER);
    String object = ArtifactKeys.ownFile(sum);
    ObjectStore from = store;
    long size = from == null ? -1 : from.size(object).orElse(-1L);
    if (from == null || size < 0) {
      throw DatasetException.missing(
          "files", reference + " is not in object storage: 'rote datasets put' puts files there");
    }
    try (InputStream in = from.open(object, 0)) {
      Path file = cache.store(key, in, size);
      return checked(reference, sum, file);
    } catch (LengthException e) {
      throw DatasetException.damaged(reference, "size", "" + size, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw ByteFile.unreadable(reference, e);
    } catch (ObjectStoreException e) {
      throw DatasetException.unreachable(reference, "could not read " + reference, e);
    }
  }

  private Path fromAddress(String field, String address, String sum, String key) {
    cache.removeUnused(FOLDER);
    Downloads from = downloads;
    if (from == null) {
      throw DatasetException.refused(
          field, "is an address, and this service fetches nothing (rote.corruption.download)");
    }
    try {
      Path part = cache.unfinished();
      try {
        from.fetch(Origin.gzip(List.of(URI.create(address)), sum, LARGEST), part);
        try (InputStream in = Files.newInputStream(part)) {
          return cache.store(key, in, Files.size(part));
        }
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw ByteFile.unreadable(address, e);
    }
  }

  private static Path checked(String reference, String sum, Path file) throws IOException {
    String actual = VerifiedFiles.sum(file);
    if (!actual.equals(sum)) {
      Files.deleteIfExists(file);
      throw DatasetException.damaged(reference, "SHA-256", sum, actual);
    }
    return file;
  }
}
