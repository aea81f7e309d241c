package dev.rote.cli.command;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.spec.SweepFiles;
import dev.rote.spec.SweepValidator;
import dev.rote.v1.Sweep;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sweep files as commands read them. */
final class SweepFile {
  private SweepFile() {}

  /**
   * A valid sweep as it is written, defaults not filled in.
   *
   * @throws dev.rote.spec.SpecException with everything that is wrong with it
   */
  static Sweep read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new CommandFailure(ExitCodes.INVALID, file + " is a directory, not a sweep file");
    }
    String text;
    try {
      text = Files.readString(file);
    } catch (MalformedInputException e) {
      throw new CommandFailure(ExitCodes.INVALID, file + " is not UTF-8 text", e);
    }
    Sweep sweep = SweepFiles.parse(text, file.toString());
    SweepValidator.check(sweep);
    return sweep;
  }
}
