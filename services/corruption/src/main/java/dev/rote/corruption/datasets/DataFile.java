package dev.rote.corruption.datasets;

import java.net.URI;
import java.util.List;
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
   * @param archive whether that is a gzipped tar archive with the entry {@code <folder>/<name>}
   */
  record Origin(List<URI> addresses, String sha256, boolean archive) {}
}
