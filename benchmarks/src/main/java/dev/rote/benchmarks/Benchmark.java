package dev.rote.benchmarks;

/** A comparison that can be run by its name. */
public interface Benchmark {

  /** Short name: {@code steps}. */
  String name();

  /** One line on what is compared. */
  String summary();

  /** Measures, and puts rows into the session's table. */
  void run(BenchSession session);
}
