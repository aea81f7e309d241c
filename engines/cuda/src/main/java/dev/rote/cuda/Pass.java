package dev.rote.cuda;

/**
 * A way through the layers of a network.
 *
 * @param stream where it is computed
 * @param products on that stream, with factors on the card
 * @param n examples
 * @param kind what is wanted
 * @param settings on the card
 */
record Pass(Stream stream, Products products, int n, Kind kind, Settings settings) {

  /**
   * What is wanted of a pass.
   *
   * @param goal of it
   * @param momentum whether a step has one
   * @param noise whether hidden noise is added
   * @param dropout whether hidden units are dropped
   */
  record Kind(Goal goal, boolean momentum, boolean noise, boolean dropout) {
    static Kind of(Goal goal) {
      return new Kind(goal, false, false, false);
    }
  }

  enum Goal {
    STEP,
    LOGITS,
    INPUT_GRADIENT
  }

  boolean training() {
    return kind.goal == Goal.STEP;
  }

  boolean momentum() {
    return kind.momentum;
  }

  Launch kernel(String name) {
    return stream.kernel(name);
  }
}
