package dev.rote.corruption.datasets;

import dev.rote.corruption.datasets.IdxHeader.Content;
import dev.rote.v1.DatasetInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** IDX files of the user's own, in the datasets directory; a name that ends in .gz is unpacked. */
final class OwnFiles {
  private static final String DATASET = "idx";
  private static final String PACKED = ".gz";

  /** Of unpacked files in the cache. */
  private static final String FOLDER = "own";

  private final @Nullable Path directory;
  private final FileCache cache;
  private final VerifiedFiles verified;
  private final Gunzip gunzip;
  private final SingleFlight<Path> unpacking = new SingleFlight<>();

  OwnFiles(@Nullable Path directory, FileCache cache, VerifiedFiles verified) {
    this.directory = directory;
    this.cache = cache;
    this.verified = verified;
    this.gunzip = new Gunzip(cache);
  }

  /**
   * A file as a user names it.
   *
   * @param field path of the field
   * @param path in the datasets directory
   * @param content what it is for
   */
  record Wish(String field, String path, Content content) {}

  /** Says where files are looked for. */
  void tell(DatasetInfo.Builder info) {
    info.setAvailable(directory != null)
        .setHint(
            directory == null
                ? "no datasets directory is set"
                : "looked for in " + directory.toAbsolutePath());
  }

  /**
   * Checks that files are there, all of them at once.
   *
   * @throws DatasetException with reason {@code MISSING} naming each that is not, {@code REFUSED}
   *     for a path that leaves the datasets directory
   */
  void require(List<Wish> wishes) {
    List<String> missing = new ArrayList<>();
    for (Wish wish : wishes) {
      Path file = resolve(wish);
      if (Files.isDirectory(file)) {
        throw DatasetException.refused(
            wish.field, "must be a file, and " + wish.path + " is a directory");
      }
      if (!Files.isRegularFile(file)) {
        missing.add(wish.path);
      }
    }
    if (!missing.isEmpty()) {
      throw DatasetException.missing(
          DATASET,
          missing.stream().distinct().collect(Collectors.joining(", "))
              + (missing.size() == 1 ? " is" : " are")
              + " missing: files of your own are looked for in the datasets directory, "
              + base().toAbsolutePath());
    }
  }

  /** A file that is there, unpacked. */
  NamedFile locate(Wish wish) {
    NamedFile file = file(wish);
    if (!wish.path.endsWith(PACKED)) {
      return file;
    }
    String sha256 = verified.sha256(file);
    String key = FOLDER + "/" + sha256;
    return file.at(
        unpacking
            .run(
                key, () -> cache.find(key).orElseGet(() -> unpack(file, sha256, key, wish.content)))
            .value());
  }

  /* Versions of a file from long ago make room. */
  private Path unpack(NamedFile file, String sha256, String key, Content content) {
    cache.removeUnused(FOLDER);
    return gunzip.unpackIdx(file, key, content, () -> verified.requireStill(file, sha256));
  }

  /** The SHA-256 of a file as it is now, in hexadecimal digits. */
  String sha256(Wish wish) {
    return verified.sha256(file(wish));
  }

  /** A file that is there, as it is. */
  NamedFile locate(String field, String path) {
    return file(new Wish(field, path, Content.IMAGES));
  }

  private NamedFile file(Wish wish) {
    require(List.of(wish));
    return new NamedFile(wish.path, resolve(wish), wish.field);
  }

  Path resolve(Wish wish) {
    Path base = base();
    Path file = base.resolve(wish.path).normalize();
    if (!file.startsWith(base.normalize()) || Path.of(wish.path).isAbsolute()) {
      throw DatasetException.refused(
          wish.field, "must be a path inside the datasets directory, was " + wish.path);
    }
    requireInside(wish, file);
    return file;
  }

  /**
   * Checks that what is there lies in the datasets directory, whatever links lead to it.
   *
   * @throws DatasetException with reason {@code REFUSED}
   */
  void requireInside(Wish wish, Path file) {
    try {
      if (Files.exists(file) && !file.toRealPath().startsWith(base().toRealPath())) {
        throw DatasetException.refused(
            wish.field,
            "must be a path inside the datasets directory, and a link leads "
                + wish.path
                + " out of it");
      }
    } catch (IOException e) {
      throw ByteFile.unreadable(wish.path, e);
    }
  }

  Path base() {
    if (directory == null) {
      throw DatasetException.missing(
          DATASET, "files of your own need a datasets directory, and none is set");
    }
    return directory;
  }
}
