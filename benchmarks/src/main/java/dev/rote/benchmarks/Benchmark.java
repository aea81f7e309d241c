package dev.rote.benchmarks;

import java.util.List;

/** A comparison that can be run by its name. */
public interface Benchmark {

  /** Short name: {@code steps}. */
  String name();

  /** One line on what is compared. */
  String summary();

  /** Measures, and puts rows into the session's table. */
  void run(BenchSession session);

  /**
   * Rote's own part of each case, for comparisons with an earlier Rote; none where there is none.
   */
  default List<OwnWork> own(BenchSession session) {
    return List.of();
  }
}
