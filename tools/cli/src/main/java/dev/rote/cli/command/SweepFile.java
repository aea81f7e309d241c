package dev.rote.cli.command;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.spec.SpecException;
import dev.rote.spec.SweepFiles;
import dev.rote.v1.Sweep;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Sweep files as commands read them. */
final class SweepFile {
  private SweepFile() {}

  /**
   * A valid sweep as it is written, but for the changes; defaults not filled in.
   *
   * @param changes each as {@code PATH=VALUE}
   * @throws dev.rote.spec.SpecException with everything that is wrong with it
   */
  static Sweep read(Path file, List<String> changes) throws IOException {
    if (Files.isDirectory(file)) {
      throw new CommandFailure(ExitCodes.INVALID, file + " is a directory, not a sweep file");
    }
    String text;
    try {
      text = Files.readString(file);
    } catch (MalformedInputException e) {
      throw new CommandFailure(ExitCodes.INVALID, file + " is not UTF-8 text", e);
    }
    return SweepFiles.parseValid(text, file.toString(), changes);
  }

  /** The same for one of several files: what is wrong names the file. */
  static Sweep readOneOfSeveral(Path file, List<String> changes) throws IOException {
    try {
      return read(file, changes);
    } catch (SpecException e) {
      String prefix = file.getFileName() + ": ";
      throw new SpecException(
          e.violations().stream()
              .map(wrong -> wrong.place().isEmpty() ? wrong.below(prefix) : wrong)
              .toList());
    }
  }
}
