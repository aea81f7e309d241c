package dev.rote.blueprint;

/** Takes what is wrong with a model, field by field. */
@FunctionalInterface
public interface Complaints {
  /**
   * Called for each fault.
   *
   * @param field path from the model, such as {@code mlp.hidden[0]}; empty for the model itself
   * @param message what it must be, and was
   */
  void violate(String field, String message);

  /** Requires an unsigned number in [low, high]. */
  default void inRange(String field, int unsigned, long low, long high) {
    long value = Integer.toUnsignedLong(unsigned);
    if (value < low || value > high) {
      violate(field, "must be in [" + low + ", " + high + "], was " + value);
    }
  }
}
