package dev.rote.corruption.datasets;

import dev.rote.corruption.datasets.DataFile.Origin;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The files of known datasets: in the datasets directory, unpacked or gzipped; else in the cache;
 * else by download. Each is checked before it is given out.
 */
final class PublishedFiles {
  private static final String PACKED = ".gz";

  private final @Nullable Path directory;
  private final FileCache cache;
  private final VerifiedFiles verified;
  private final @Nullable Downloads downloads;
  private final Gunzip gunzip;
  private final SingleFlight<Path> unpacking = new SingleFlight<>();
  private final SingleFlight<Map<String, Path>> fetching = new SingleFlight<>();

  /**
   * @param directory the user's datasets; null: none
   * @param downloads null: nothing is fetched
   */
  PublishedFiles(
      @Nullable Path directory,
      FileCache cache,
      VerifiedFiles verified,
      @Nullable Downloads downloads) {
    this.directory = directory;
    this.cache = cache;
    this.verified = verified;
    this.downloads = downloads;
    this.gunzip = new Gunzip(cache);
  }

  /**
   * Files, unpacked and checked, in the order given.
   *
   * @throws DatasetException when one is damaged or cannot be fetched; when nothing can be fetched,
   *     naming all that are missing
   */
  List<NamedFile> locate(List<DataFile> files) {
    List<DataFile> missing = files.stream().filter(file -> find(file).isEmpty()).toList();
    if (!missing.isEmpty()
        && (downloads == null || missing.stream().anyMatch(file -> file.origin() == null))) {
      throw missing(missing, "");
    }
    return files.stream().map(file -> find(file).orElseGet(() -> fetch(file))).toList();
  }

  /**
   * Checks that {@link #locate} would succeed: sums of the files that are there, and that an
   * address answers for those that are not. Fetches nothing.
   *
   * @param advice what else could be written, appended when files are missing
   * @return what is still to be fetched, in words; empty when nothing is
   * @throws DatasetException naming all that is missing
   */
  Optional<String> check(List<DataFile> files, String advice) {
    List<DataFile> missing = files.stream().filter(file -> find(file).isEmpty()).toList();
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    if (downloads == null || missing.stream().anyMatch(file -> file.origin() == null)) {
      throw missing(missing, advice);
    }
    Reachability reachability = new Reachability(downloads);
    for (DataFile file : missing) {
      Origin origin = file.origin();
      if (origin != null && !reachability.answers(origin.addresses())) {
        throw missing(missing, reachability.failures() + advice);
      }
    }
    long bytes = missing.stream().mapToLong(DataFile::sizeBytes).sum();
    return Optional.of(
        names(missing)
            + (missing.size() == 1 ? " is" : " are")
            + " not in the datasets directory and will be downloaded when first needed ("
            + String.format(Locale.ROOT, "%.1f", bytes / 1e6)
            + " MB unpacked)");
  }

  /** Whether the file is at hand, unchecked. */
  boolean present(DataFile file) {
    return (directory != null
            && (Files.isRegularFile(directory.resolve(file.path()))
                || Files.isRegularFile(directory.resolve(file.path() + PACKED))))
        || cache.contains(file.path());
  }

  /** What is missing, where it was looked for, and where it comes from. */
  String hint(List<DataFile> missing) {
    return "missing: "
        + names(missing)
        + " ("
        + (directory == null
            ? "no datasets directory is set"
            : "looked for in " + directory.toAbsolutePath() + ", unpacked or with .gz")
        + (downloads == null ? "; downloads are off" : "; fetched when first asked for")
        + ")";
  }

  private static String names(List<DataFile> files) {
    return files.stream().map(DataFile::path).collect(Collectors.joining(", "));
  }

  private DatasetException missing(List<DataFile> files, String more) {
    String from =
        files.stream()
            .map(DataFile::origin)
            .filter(origin -> origin != null)
            .map(origin -> origin.addresses().get(0).toString())
            .distinct()
            .collect(Collectors.joining(", "));
    return DatasetException.missing(
        files.get(0).path(), hint(files) + (from.isEmpty() ? "" : "; published at " + from) + more);
  }

  /** The file where it lies or was unpacked, checked. */
  private Optional<NamedFile> find(DataFile file) {
    if (directory != null) {
      Path plain = directory.resolve(file.path());
      if (Files.isRegularFile(plain)) {
        verified.checkSize(plain, file.sizeBytes());
        String known = file.sha256();
        if (known != null) {
          verified.checkSum(plain, known);
        }
        return Optional.of(NamedFile.published(plain));
      }
      Path gzipped = directory.resolve(file.path() + PACKED);
      if (Files.isRegularFile(gzipped)) {
        return Optional.of(unpacked(NamedFile.published(gzipped), file));
      }
    }
    return cache.find(file.path()).map(NamedFile::published);
  }

  private NamedFile unpacked(NamedFile gzipped, DataFile file) {
    String known = file.gzipSha256();
    if (known != null) {
      verified.checkSum(gzipped.path(), known);
    }
    String sha256 = verified.sha256(gzipped);
    String key = known == null ? "own/" + sha256 : file.path();
    Runnable unchanged = () -> verified.requireStill(gzipped, sha256);
    Path unpacked =
        unpacking
            .run(
                key,
                () ->
                    cache
                        .find(key)
                        .orElseGet(() -> gunzip.unpack(gzipped, key, file.sizeBytes(), unchanged)))
            .value();
    verified.checkSize(unpacked, file.sizeBytes());
    return gzipped.at(unpacked);
  }

  private NamedFile fetch(DataFile file) {
    Origin origin = file.origin();
    if (origin == null || downloads == null) {
      throw missing(List.of(file), "");
    }
    Map<String, Path> kept =
        fetching.run(origin.sha256(), () -> fetch(file, origin, downloads)).value();
    Path found = kept.get(file.path());
    if (found == null) {
      throw DatasetException.damaged(
          origin.addresses().get(0).toString(),
          "entries",
          "with " + file.path(),
          "" + kept.keySet());
    }
    return NamedFile.published(found);
  }

  /** Fetches a file, or an archive with all its files; they are in the cache afterwards. */
  private Map<String, Path> fetch(DataFile file, Origin origin, Downloads from) {
    Optional<Path> meanwhile = cache.find(file.path());
    if (meanwhile.isPresent()) {
      return Map.of(file.path(), meanwhile.get());
    }
    try {
      Path part = cache.unfinished();
      try {
        from.fetch(origin, part);
        String address = origin.addresses().get(0).toString();
        return origin.archive()
            ? extract(new NamedFile(address, part, ""), origin)
            : Map.of(
                file.path(),
                gunzip.unpack(
                    new NamedFile(address, part, ""),
                    file.path(),
                    file.sizeBytes(),
                    PublishedFiles::lasting));
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw DatasetException.unreachable(
          file.path(), "could not keep " + file.path() + " in the cache: " + e.getMessage(), e);
    }
  }

  private Map<String, Path> extract(NamedFile archive, Origin origin) throws IOException {
    try (InputStream in = Gunzip.open(archive.path())) {
      return extract(archive, in, origin, cache);
    } catch (ZipException | EOFException e) {
      throw archive.damaged(
          "cannot be unpacked: " + e.getMessage(), "gzip stream", "whole", "" + e.getMessage());
    }
  }

  /**
   * Keeps every entry of a tar archive that its dataset knows, so that it is fetched once.
   *
   * @throws DatasetException with reason {@code DAMAGED} when it is no such archive, or holds more
   *     than is known of it
   */
  static Map<String, Path> extract(
      NamedFile archive, InputStream unpacked, Origin origin, FileCache cache) throws IOException {
    Map<String, Path> kept = new HashMap<>();
    try {
      TarEntries entries = new TarEntries(new BoundedStream(unpacked, origin.unpackedBytes()));
      for (String name = entries.next(); name != null; name = entries.next()) {
        Long bytes = origin.entries().get(name);
        if (bytes != null) {
          kept.put(name, cache.store(name, entries.content(), bytes, PublishedFiles::lasting));
        }
      }
    } catch (LengthException | EOFException | TarEntries.DamagedException e) {
      throw archive.damaged(
          "cannot be unpacked: " + e.getMessage(), "entries", "whole", "" + e.getMessage());
    }
    return kept;
  }

  /* Nobody else writes to what was fetched and checked. */
  private static void lasting() {}
}
