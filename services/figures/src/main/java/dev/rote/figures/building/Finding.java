package dev.rote.figures.building;

/** What looking at a claim gave. */
sealed interface Finding {

  /**
   * A statistic.
   *
   * @param statistic its value, finite
   * @param words what was computed
   */
  record Found(double statistic, String words) implements Finding {}

  /** Too little to judge by. */
  record Undecided(String reason) implements Finding {}
}
