package dev.rote.recipes;

/**
 * What an optimiser keeps of each trained parameter, an array of its shape that starts at zero. A
 * checkpoint stores it as {@code <parameter>/<name>}.
 */
public enum Slot {
  /** Velocity of {@link Sgd}, PyTorch's {@code momentum_buffer}. */
  VELOCITY("momentum"),
  /** Running mean of gradients of {@link Adam} and {@link AdamW}, PyTorch's {@code exp_avg}. */
  FIRST_MOMENT("first-moment"),
  /** Running mean of their squares, PyTorch's {@code exp_avg_sq}. */
  SECOND_MOMENT("second-moment");

  private final String name;

  Slot(String name) {
    this.name = name;
  }

  /** Name of the tensor that holds it of a parameter. */
  public String of(String parameter) {
    return parameter + "/" + name;
  }
}
