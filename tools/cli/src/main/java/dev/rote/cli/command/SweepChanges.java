package dev.rote.cli.command;

import dev.rote.grpcerrors.ApiErrors;
import dev.rote.spec.SpecException;
import dev.rote.spec.SweepFiles;
import dev.rote.spec.Violation;
import dev.rote.v1.Sweep;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that changes fields of a sweep file as it is read. */
final class SweepChanges {
  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Changes a field of the sweep before it is checked, such as spec.repetitions=2 or"
            + " 'spec.axes[0].values=[1, 2]'. VALUE is YAML; null takes the field out. Can be given"
            + " several times."
      })
  private List<String> changes = List.of();

  /**
   * A valid sweep as it is written, but for the changes; defaults not filled in.
   *
   * @throws dev.rote.spec.SpecException with everything that is wrong with it
   */
  Sweep read(Path file) throws IOException {
    return SweepFile.read(file, changes);
  }

  /**
   * What a service has refused of a sweep, with where the file has it. The failure as it is, where
   * no field of it is known there, or fields were changed.
   */
  RuntimeException placed(Path file, StatusRuntimeException refused) throws IOException {
    List<Violation> wrong = ApiErrors.violations(refused);
    if (wrong.isEmpty() || !changes.isEmpty()) {
      return refused;
    }
    List<Violation> placed = SweepFiles.placed(Files.readString(file), file.toString(), wrong);
    return placed.stream().allMatch(each -> each.place().isEmpty())
        ? refused
        : new SpecException(placed);
  }

  /** The same for one of several files: what is wrong names the file. */
  Sweep readOneOfSeveral(Path file) throws IOException {
    return SweepFile.readOneOfSeveral(file, changes);
  }
}
