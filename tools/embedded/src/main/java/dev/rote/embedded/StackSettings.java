package dev.rote.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a stack is started.
 *
 * @param state directory of all that the stack keeps; made if absent
 * @param datasets directory of dataset files, if there is one
 * @param home directory of Rote itself, where the services are found
 * @param environment further environment variables of the services
 * @param patience how long all parts together may take to become ready
 * @param notes told in one line each what happens
 */
public record StackSettings(
    Path state,
    Optional<Path> datasets,
    Path home,
    Map<String, String> environment,
    Duration patience,
    Consumer<String> notes) {

  public StackSettings {
    state = state.toAbsolutePath().normalize();
    datasets = datasets.map(directory -> directory.toAbsolutePath().normalize());
    home = home.toAbsolutePath().normalize();
    environment = Map.copyOf(environment);
  }

  /** Settings with the usual home, no further environment, and three minutes of patience. */
  public static StackSettings of(Path state, Optional<Path> datasets, Consumer<String> notes) {
    return new StackSettings(state, datasets, Home.find(), Map.of(), Duration.ofMinutes(3), notes);
  }

  /** The same with further environment variables of the services. */
  public StackSettings withEnvironment(Map<String, String> variables) {
    return new StackSettings(state, datasets, home, variables, patience, notes);
  }
}
