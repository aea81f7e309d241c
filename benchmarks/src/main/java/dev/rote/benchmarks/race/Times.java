package dev.rote.benchmarks.race;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What all contestants of a race took, by name, in order. */
public final class Times {
  private final Map<String, Timing> timings;

  Times(Map<String, Timing> timings) {
    this.timings = new LinkedHashMap<>(timings);
  }

  /**
   * The time of a contestant.
   *
   * @throws IllegalArgumentException if there was none of that name
   */
  public Timing of(String name) {
    Timing timing = timings.get(name);
    if (timing == null) {
      throw new IllegalArgumentException("no contestant " + name + " among " + timings.keySet());
    }
    return timing;
  }

  /** What each had resident at most, such as {@code Rote 812 MB, DJL 1430 MB}. */
  public String peaks() {
    return timings.entrySet().stream()
        .filter(entry -> entry.getValue().peakBytes() > 0)
        .map(entry -> entry.getKey() + " " + Math.round(entry.getValue().peakBytes() / 1e6) + " MB")
        .collect(Collectors.joining(", "));
  }

  /** The least times of all others, times {@code scale}. */
  public Map<String, Double> besides(String name, double scale) {
    Map<String, Double> others = new LinkedHashMap<>();
    timings.forEach((other, timing) -> others.put(other, timing.least() * scale));
    others.remove(name);
    return others;
  }
}
