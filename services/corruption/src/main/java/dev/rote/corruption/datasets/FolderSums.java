package dev.rote.corruption.datasets;

import dev.rote.artifacts.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sums of folders, each taken once as long as names, sizes and modification times of all files in
 * it stay. What is remembered is two sums a folder, however many files it has.
 */
final class FolderSums {
  private final Map<Path, Known> sums = new ConcurrentHashMap<>();

  private record Known(String state, String sha256) {}

  /** The SHA-256 of the lines {@code <SHA-256> <path>} of the files of a folder. */
  String sha256(OwnSources.Found folder) {
    Path path = folder.root().path();
    String state = state(folder);
    Known known = sums.get(path);
    if (known == null || !known.state.equals(state)) {
      known = new Known(state, sum(folder));
      sums.put(path, known);
    }
    return known.sha256;
  }

  private static String state(OwnSources.Found folder) {
    MessageDigest digest = Sha256.digest();
    for (NamedFile file : folder.files()) {
      try {
        BasicFileAttributes now = Files.readAttributes(file.path(), BasicFileAttributes.class);
        update(digest, now.size() + " " + now.lastModifiedTime() + " " + file.name());
      } catch (IOException e) {
        throw ByteFile.unreadable(file.name(), e);
      }
    }
    return Sha256.hex(digest.digest());
  }

  private static String sum(OwnSources.Found folder) {
    MessageDigest digest = Sha256.digest();
    byte[] chunk = new byte[VerifiedFiles.CHUNK];
    for (NamedFile file : folder.files()) {
      try {
        update(digest, VerifiedFiles.sum(file.path(), chunk) + " " + file.name());
      } catch (IOException e) {
        throw ByteFile.unreadable(file.name(), e);
      }
    }
    return Sha256.hex(digest.digest());
  }

  private static void update(MessageDigest digest, String line) {
    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
