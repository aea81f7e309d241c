package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands as a user types them, with the system's own Python.
 *
 * @param work directory that they run in
 * @param log file that all of them write to
 * @param environment where the services listen, and the like
 */
record UserShell(Path work, Path log, Map<String, String> environment) {
  /** Succeeds where Python can be a client of ours. */
  static final String CLIENT_PACKAGES =
      "command -v protoc grpc_python_plugin && python3 -c 'import grpc, google.protobuf'";

  UserShell {
    environment = Map.copyOf(environment);
  }

  /** Runs a command that must end well. */
  void expect(String command) throws IOException, InterruptedException {
    assertThat(run(command)).as(command + " printed " + Files.readString(log)).isZero();
  }

  /** Runs a command and returns its exit code. */
  int run(String command) throws IOException, InterruptedException {
    ProcessBuilder process =
        new ProcessBuilder("bash", "-c", "PATH=/usr/bin:$PATH; " + command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    process.environment().putAll(environment);
    Process started = process.start();
    assertThat(started.waitFor(5, TimeUnit.MINUTES)).as(command + " ends").isTrue();
    return started.exitValue();
  }
}
