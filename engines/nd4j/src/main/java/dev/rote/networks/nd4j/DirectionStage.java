package dev.rote.networks.nd4j;

/**
 * A layer along a direction of the parameters: its signals are derivatives of the layer's own (a
 * dot). {@code forward} makes ẏ of ẋ and ẇ, {@code backward} the derivative of ∂L/∂x of that of
 * ∂L/∂y, and those of ∂L/∂w. The layer's own pass has run before, forward and backward.
 */
interface DirectionStage extends Stage {
  /** Writes ∂L/∂w itself where those derivatives go. */
  void gradients();
}
