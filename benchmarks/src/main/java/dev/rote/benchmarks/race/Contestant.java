package dev.rote.benchmarks.race;

import java.util.List;

/**
 * A process that does a piece of work when told to, over its standard streams: {@code check} is
 * answered by numbers that all contestants must agree on, {@code run N} by the seconds that N
 * pieces took, {@code peak} by the most bytes that it had resident, 0 if it cannot tell.
 *
 * @param name of the table's column
 * @param command command line
 */
public record Contestant(String name, List<String> command) {
  public Contestant {
    command = List.copyOf(command);
  }
}
