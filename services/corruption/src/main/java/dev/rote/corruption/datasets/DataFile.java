package dev.rote.corruption.datasets;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of a known dataset.
 *
 * @param folder its folder in the datasets directory
 * @param name its name, unpacked
 * @param sizeBytes its size, unpacked
 * @param sha256 its SHA-256, unpacked, where known
 * @param gzipSha256 the SHA-256 of its gzipped form {@code <name>.gz}, where it has one
 * @param origin where it comes from; null: it cannot be fetched
 */
record DataFile(
    String folder,
    String name,
    long sizeBytes,
    @Nullable String sha256,
    @Nullable String gzipSha256,
    @Nullable Origin origin) {

  /** Path in the datasets directory. */
  String path() {
    return folder + "/" + name;
  }

  /**
   * Where a file comes from.
   *
   * @param addresses the file gzipped, or an archive that holds it, tried in order
   * @param sha256 of what the addresses serve
   * @param unpackedBytes that it unpacks to, at most
   * @param entries of a gzipped tar archive: name and size of each file that is kept; else empty
   */
  record Origin(List<URI> addresses, String sha256, long unpackedBytes, Map<String, Long> entries) {
    /* Headers, and files that say what the others are. */
    private static final long BESIDE_ENTRIES = 1 << 20;
    private static final long FRAME = 1 << 16;

    Origin {
      addresses = List.copyOf(addresses);
      entries = Map.copyOf(entries);
    }

    /** A gzipped file. */
    static Origin gzip(List<URI> addresses, String sha256, long unpackedBytes) {
      return new Origin(addresses, sha256, unpackedBytes, Map.of());
    }

    /** A gzipped tar archive. */
    static Origin archive(List<URI> addresses, String sha256, Map<String, Long> entries) {
      long bytes = entries.values().stream().mapToLong(Long::longValue).sum();
      return new Origin(addresses, sha256, bytes + BESIDE_ENTRIES, entries);
    }

    boolean archive() {
      return !entries.isEmpty();
    }

    /** Most bytes that are fetched: what does not shrink grows by less than a thousandth. */
    long largestDownload() {
      return unpackedBytes + unpackedBytes / 1000 + FRAME;
    }
  }
}
