package dev.rote.access.grpc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Files whose content is compared with what was taken of them; for use by one thread. */
final class WatchedFiles {
  private final List<Path> files;
  private List<byte[]> taken;
  private List<byte[]> seen;

  WatchedFiles(List<Path> files) {
    this.files = files;
    this.taken = read();
    this.seen = taken;
  }

  /**
   * Whether they hold something else than what was taken, or has been looked at before: what cannot
   * be taken is told once.
   */
  boolean changed() {
    List<byte[]> now = read();
    boolean same = same(now, taken) || same(now, seen);
    seen = now;
    return !same;
  }

  /** What was looked at last counts. */
  void taken() {
    taken = seen;
  }

  /* A file that is not there, while it is exchanged, is as an empty one. */
  private List<byte[]> read() {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : files) {
      try {
        contents.add(Files.readAllBytes(file));
      } catch (IOException e) {
        contents.add(new byte[0]);
      }
    }
    return contents;
  }

  private static boolean same(List<byte[]> one, List<byte[]> other) {
    for (int i = 0; i < one.size(); i++) {
      if (!Arrays.equals(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
