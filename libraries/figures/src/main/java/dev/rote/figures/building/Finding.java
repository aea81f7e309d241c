package dev.rote.figures.building;

/** What looking at a claim gave. */
sealed interface Finding {

  /** How far a statistic is known. */
  enum Bound {
    EXACT,
    /** Censored values leave open how much larger it is. */
    AT_LEAST,
    /** Censored values leave open how much smaller it is. */
    AT_MOST,
    /** It is worse for the claim than every number: a trial diverged that counts so. */
    ENDLESS
  }

  /**
   * A statistic.
   *
   * @param statistic its value, finite unless it is endless
   * @param words what was computed
   * @param bound whether it is the value, or a bound of it
   */
  record Found(double statistic, String words, Bound bound) implements Finding {

    Found(double statistic, String words) {
      this(statistic, words, Bound.EXACT);
    }
  }

  /** Too little to judge by. */
  record Undecided(String reason) implements Finding {

    static Undecided missing(String words) {
      return new Undecided("no result for: " + words);
    }
  }
}
