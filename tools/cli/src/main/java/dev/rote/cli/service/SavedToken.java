package dev.rote.cli.service;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** The token that {@code rote login} keeps in the user's configuration, for its owner alone. */
public final class SavedToken {
  private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rw-------");

  private SavedToken() {}

  /** Where it lies: {@code rote/token} in {@code XDG_CONFIG_HOME}, or in {@code ~/.config}. */
  public static Path file(Session session) {
    return folder(session).resolve("token");
  }

  private static Path folder(Session session) {
    String configuration = session.environment().getOrDefault("XDG_CONFIG_HOME", "");
    Path folder =
        configuration.isBlank()
            ? Path.of(
                session.environment().getOrDefault("HOME", System.getProperty("user.home")),
                ".config")
            : Path.of(configuration);
    return folder.resolve("rote");
  }

  /**
   * The token; empty where there is none.
   *
   * @throws CommandFailure when others can read it, or its owner cannot
   */
  static Optional<String> read(Session session) {
    Path file = file(session);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      if (isPosix(file) && !OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
        throw new CommandFailure(
            ExitCodes.INVALID,
            file + " can be read by others: 'chmod 600 " + file + "', or log in again");
      }
      return Optional.of(Files.readString(file).strip()).filter(token -> !token.isEmpty());
    } catch (IOException e) {
      throw new CommandFailure(ExitCodes.INVALID, file + " cannot be read: " + e.getMessage());
    }
  }

  /** Keeps a token, in place of the one of before. */
  public static void write(Session session, String token) throws IOException {
    Path folder = folder(session);
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix) {
      Files.createDirectories(folder, OWNERS_FOLDER);
    } else {
      Files.createDirectories(folder);
    }
    Path draft = folder.resolve("token.draft");
    Files.deleteIfExists(draft);
    if (posix) {
      Files.createFile(draft, PosixFilePermissions.asFileAttribute(OWNERS));
    }
    Files.write(draft, (token + "\n").getBytes(StandardCharsets.UTF_8));
    Files.move(
        draft, file(session), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean isPosix(Path file) throws IOException {
    return Files.getFileStore(file).supportsFileAttributeView("posix");
  }
}
