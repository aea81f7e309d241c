package dev.rote.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A line of the table: Rote and its peers at one piece of work.
 *
 * @param benchmark name of the benchmark
 * @param subject what was done
 * @param unit of the numbers, such as {@code ms/step}; less is better
 * @param rote what Rote took
 * @param peers what others took, by name
 * @param target the ratio aimed at; none where nothing is
 * @param notes further numbers, such as {@code GFLOP/s}
 */
public record Row(
    String benchmark,
    String subject,
    String unit,
    double rote,
    Map<String, Double> peers,
    OptionalDouble target,
    Map<String, String> notes) {
  public Row {
    Objects.requireNonNull(target);
    peers = new LinkedHashMap<>(peers);
    notes = new LinkedHashMap<>(notes);
  }

  /** How many times as long as Rote the best peer takes; none without peers. */
  public OptionalDouble ratio() {
    OptionalDouble best = peers.values().stream().mapToDouble(Double::doubleValue).min();
    return best.isPresent() ? OptionalDouble.of(best.getAsDouble() / rote) : best;
  }

  /** Whether the target was reached; true without one. */
  public boolean reached() {
    return target.isEmpty() || ratio().orElse(0) >= target.getAsDouble();
  }
}
