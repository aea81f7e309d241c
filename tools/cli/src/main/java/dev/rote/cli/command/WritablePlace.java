package dev.rote.cli.command;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.embedded.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a command will be able to write what it writes at its end: asked before its work begins,
 * by writing an empty file for a moment, since permissions alone do not tell.
 */
final class WritablePlace {
  private WritablePlace() {}

  /**
   * A folder that is there or can be made. Nothing is left behind.
   *
   * @param option that names it, such as {@code --out}
   * @throws CommandFailure when it cannot be written to, with what is in the way
   */
  static void folder(String option, Path folder) {
    Path there = folder.toAbsolutePath().normalize();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      throw new CommandFailure(
          ExitCodes.INVALID,
          option + " must be a directory, was " + folder + ": " + there + " is a file");
    }
    try {
      Files.delete(Files.createTempFile(there, ".rote", ".try"));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.FAILED,
          String.format(
              "%s %s cannot be written to: %s (in %s); choose another directory",
              option, folder, reason(e), there),
          e);
    }
  }

  /* The file that was tried means nothing to the user. */
  private static String reason(IOException e) {
    String words = FileTrouble.words(e);
    return words.substring(words.lastIndexOf(": ") + 1).strip();
  }

  /**
   * A file that can be made, or written over, in a folder that is there.
   *
   * @param option that names it
   * @throws CommandFailure when it cannot be written, with what is in the way
   */
  static void file(String option, Path file) {
    if (Files.isDirectory(file)) {
      throw new CommandFailure(
          ExitCodes.INVALID, option + " must be a file, " + file + " is a directory");
    }
    Path parent = file.toAbsolutePath().normalize().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new CommandFailure(
          ExitCodes.NOT_FOUND,
          String.format("%s %s: there is no directory %s; make it first", option, file, parent));
    }
    folder(option, parent);
  }
}
