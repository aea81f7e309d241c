package dev.rote.corruption.datasets;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Files of a user's own that lie elsewhere: in object storage under their SHA-256, in a bucket, or
 * at an address. Each is fetched once into the cache, checked, bounded in size and time; who wants
 * the same file meanwhile waits, nobody else does.
 */
final class FetchedFiles {
  /** How references to object storage begin: {@code stored:<SHA-256>/<name>}. */
  static final String STORED = "stored:";

  private static final String HTTPS = "https:";
  private static final String S3 = "s3:";
  private static final String FOLDER = "fetched";
  private static final Duration SIGNED_FOR = Duration.ofHours(12);

  private final FileCache cache;
  private final @Nullable Elsewhere elsewhere;
  private final SingleFlight<Path> fetching = new SingleFlight<>();

  FetchedFiles(FileCache cache, @Nullable Elsewhere elsewhere) {
    this.cache = cache;
    this.elsewhere = elsewhere;
  }

  /** Whether a path is a reference to a file elsewhere. */
  static boolean isReference(String path) {
    return path.startsWith(STORED) || path.startsWith(HTTPS) || path.startsWith(S3);
  }

  /**
   * The file, fetched.
   *
   * @param sha256 of an address
   */
  NamedFile file(String field, String reference, String sha256) {
    boolean stored = reference.startsWith(STORED);
    String sum = stored ? reference.substring(STORED.length(), reference.indexOf('/')) : sha256;
    if (sum.isEmpty()) {
      throw DatasetException.refused(
          field, "is an address: write `content: {\"" + reference + "\": <SHA-256>}`, too");
    }
    URI address = stored ? null : address(field, reference);
    String key = FOLDER + "/" + sum;
    Path file =
        cache
            .find(key)
            .orElseGet(() -> fetchedOnce(new Named(field, reference, address), sum, key));
    return new NamedFile(reference, file, field);
  }

  private URI address(String field, String reference) {
    URI address;
    try {
      address = new URI(reference);
    } catch (URISyntaxException e) {
      throw DatasetException.refused(field, "is no address: " + e.getMessage());
    }
    boolean object = reference.startsWith(S3);
    if ((object ? address.getAuthority() : address.getHost()) == null) {
      throw DatasetException.refused(
          field, "must name a " + (object ? "bucket" : "host") + ", was " + reference);
    }
    if (object) {
      checkObject(field, reference, address);
    }
    return address;
  }

  /* What lies in the bucket of Rote itself is its owners', who are not asked here. */
  private void checkObject(String field, String reference, URI address) {
    Elsewhere from = elsewhere;
    if (from != null && address.getAuthority().equals(from.ownBucket())) {
      throw DatasetException.refused(
          field,
          "lies in the bucket of Rote itself, which is not read from: 'rote datasets put' puts a"
              + " file there and prints its `stored:` path; or let it lie in another bucket, was "
              + reference);
    }
    String key = address.getPath() + "/";
    if (key.contains("/../") || key.contains("/./")) {
      throw DatasetException.refused(
          field, "must be the key of an object, without . and .. in it, was " + reference);
    }
  }

  private Path fetchedOnce(Named named, String sum, String key) {
    Elsewhere from = elsewhere;
    if (from == null) {
      throw DatasetException.refused(
          named.field, "is a file elsewhere, and nothing is fetched here");
    }
    Fetches fetches = from.fetches();
    return fetches.within(
        () ->
            fetching
                .run(
                    key,
                    () -> cache.find(key).orElseGet(() -> fetched(from, named, sum, key)),
                    fetches::stopped)
                .value());
  }

  private Path fetched(Elsewhere from, Named named, String sum, String key) {
    cache.removeUnused(FOLDER);
    try {
      URI address = named.address;
      if (address == null) {
        return fromStore(from, named.reference, sum, key);
      }
      return cache.make(
          key,
          FileSum.SHA_256,
          part -> {
            fromAddress(from, named, address, sum, part);
            return sum;
          });
    } catch (IOException e) {
      throw ByteFile.unreadable(named.reference, e);
    }
  }

  private Path fromStore(Elsewhere from, String reference, String sum, String key)
      throws IOException {
    String object = ArtifactKeys.ownFile(sum);
    try {
      long size = from.store().size(object).orElse(-1L);
      if (size < 0) {
        throw DatasetException.missing(
            "files", reference + " is not in object storage: 'rote datasets put' puts files there");
      }
      try (InputStream in = from.storage().timed(from.store().open(object, 0))) {
        return cache.make(
            key,
            FileSum.SHA_256,
            part -> checked(reference, sum, cache.copy(in, size, part, FileSum.SHA_256)));
      }
    } catch (LengthException e) {
      throw DatasetException.damaged(
          reference, "size", "as stored", String.valueOf(e.getMessage()));
    } catch (TimedStream.TooSlowException e) {
      throw DatasetException.unreachable(
          reference, "could not fetch " + reference + ": " + e.getMessage(), e);
    } catch (ObjectStoreException e) {
      throw DatasetException.unreachable(reference, "could not read " + reference, e);
    }
  }

  /**
   * What a user wrote in a field.
   *
   * @param address null where the reference is to what is stored
   */
  private record Named(String field, String reference, @Nullable URI address) {
    Downloads.Wanted wanted(URI at, String sha256, long most) {
      return new Downloads.Wanted(field, reference, at, sha256, most);
    }
  }

  /** Nothing is left of a file that is not as it must be. */
  private void fromAddress(Elsewhere from, Named named, URI address, String sum, Path part)
      throws IOException {
    long most =
        Math.min(from.largestBytes(), Files.getFileStore(cache.directory()).getUsableSpace());
    if (named.reference.startsWith(S3)) {
      String key = address.getPath().substring(1);
      URI signed = from.addresses().of(address.getAuthority(), key, SIGNED_FOR);
      from.storage().fetch(named.wanted(signed, sum, most), part);
      return;
    }
    Downloads web = from.web();
    if (web == null) {
      throw DatasetException.refused(
          named.field,
          "is an address, and this service fetches nothing (rote.corruption.download)");
    }
    web.fetch(named.wanted(address, sum, most), part);
  }

  private static String checked(String reference, String sum, String actual) {
    if (!actual.equals(sum)) {
      throw DatasetException.damaged(reference, "SHA-256", sum, actual);
    }
    return sum;
  }
}
