package dev.rote.cli.command;

import dev.rote.cli.service.PlacedRefusals;
import dev.rote.v1.Sweep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
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
   * Does something with the sweep of a file. What a service refuses is told where the file has it,
   * unless fields were changed.
   */
  <T> T placed(Path file, Callable<T> call) throws Exception {
    return changes.isEmpty() ? PlacedRefusals.of(file, call) : call.call();
  }

  /** The same for one of several files: what is wrong names the file. */
  Sweep readOneOfSeveral(Path file) throws IOException {
    return SweepFile.readOneOfSeveral(file, changes);
  }
}
