package dev.rote.corruption.datasets;

import dev.rote.artifacts.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;

/**
 * Names, sizes and modification times of the files of a folder as one value, whatever the order
 * that they are seen in: what the walk that finds them knows already, so that no file is asked
 * again. For one thread.
 */
final class FolderState {
  private final MessageDigest digest = Sha256.digest();
  private long files;
  private long high;
  private long low;

  /**
   * Sees a file.
   *
   * @param name path in the folder
   * @param attributes as the walk has them: of a link, those of the link
   */
  void see(Path path, String name, BasicFileAttributes attributes) throws IOException {
    BasicFileAttributes now =
        attributes.isSymbolicLink()
            ? Files.readAttributes(path, BasicFileAttributes.class)
            : attributes;
    String line = now.size() + " " + now.lastModifiedTime() + " " + name;
    ByteBuffer sum = ByteBuffer.wrap(digest.digest(line.getBytes(StandardCharsets.UTF_8)));
    files++;
    high += sum.getLong();
    low += sum.getLong();
  }

  /** Equal for the same files. */
  String value() {
    return files + " " + Long.toHexString(high) + " " + Long.toHexString(low);
  }
}
