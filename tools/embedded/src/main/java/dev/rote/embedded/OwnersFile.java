package dev.rote.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A state directory and files of it that their owner alone reads. */
final class OwnersFile {
  private static final String POSIX = "posix";

  private OwnersFile() {}

  /**
   * Makes a state directory, if it is absent, with those above it. One that is there may be for
   * other things, too, and stays as open as it is: what a stack keeps in it is closed.
   */
  static void folder(Path state) throws IOException {
    if (!Files.isDirectory(state)) {
      close(Files.createDirectories(state));
    }
    for (String name : Layout.folders()) {
      Path kept = state.resolve(name);
      // A link to a folder elsewhere is one.
      close(Files.isDirectory(kept) ? kept : Files.createDirectories(kept));
    }
  }

  private static void close(Path folder) throws IOException {
    Set<PosixFilePermission> ours = PosixFilePermissions.fromString("rwx------");
    if (Files.getFileStore(folder).supportsFileAttributeView(POSIX)
        && Files.getOwner(folder).getName().equals(System.getProperty("user.name"))
        && !Files.getPosixFilePermissions(folder).equals(ours)) {
      Files.setPosixFilePermissions(folder, ours);
    }
  }

  /**
   * Writes a file whole or not at all.
   *
   * @throws StackException when it cannot be written
   */
  static void write(Path file, String text) {
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    try {
      Files.deleteIfExists(draft);
      if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView(POSIX)) {
        Files.createFile(
            draft,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StackException(
          StackException.Reason.STATE, file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
