package dev.rote.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A python3 that has PyTorch and numpy. */
record TorchPython(String program) {

  /** The first of the PATH, or the system's. */
  static Optional<TorchPython> find() {
    Stream<String> folders =
        Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
            Stream.of("/usr/bin"));
    return folders
        .map(folder -> Path.of(folder, "python3"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .map(TorchPython::new)
        .filter(python -> python.run(List.of("-c", "import torch, numpy")).isEmpty())
        .findFirst();
  }

  /** Runs a script that is to succeed. */
  void succeed(List<String> arguments) {
    assertThat(run(arguments)).isEmpty();
  }

  /** What it printed, if it failed. */
  private Optional<String> run(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(arguments);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.empty() : Optional.of("failed: " + printed);
    } catch (IOException e) {
      return Optional.of(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
