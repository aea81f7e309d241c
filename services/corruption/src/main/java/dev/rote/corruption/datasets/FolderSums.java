package dev.rote.corruption.datasets;

import dev.rote.artifacts.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Sums of folders, each taken once as long as names, sizes and modification times of all files in
 * it stay. What is remembered is two sums a folder, however many files it has.
 */
final class FolderSums {
  /** Files that all cores sum before their lines are put in order. */
  private static final int BLOCK = 1 << 10;

  private final Map<Path, Known> sums = new ConcurrentHashMap<>();

  private record Known(String state, String sha256) {}

  /** The SHA-256 of the lines {@code <SHA-256> <path>} of the files of a folder. */
  String sha256(OwnSources.Found folder) {
    Path path = folder.root().path();
    Known known = sums.get(path);
    if (known == null || !known.state.equals(folder.state())) {
      known = new Known(folder.state(), sum(folder.files()));
      sums.put(path, known);
    }
    return known.sha256;
  }

  private static String sum(List<NamedFile> files) {
    MessageDigest digest = Sha256.digest();
    for (int from = 0; from < files.size(); from += BLOCK) {
      List<NamedFile> block = files.subList(from, Math.min(files.size(), from + BLOCK));
      String[] lines =
          IntStream.range(0, block.size())
              .parallel()
              .mapToObj(i -> line(block.get(i)))
              .toArray(String[]::new);
      for (String line : lines) {
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    return Sha256.hex(digest.digest());
  }

  private static String line(NamedFile file) {
    try {
      return VerifiedFiles.sum(file.path()) + " " + file.name() + "\n";
    } catch (IOException e) {
      throw ByteFile.unreadable(file.name(), e);
    }
  }
}
