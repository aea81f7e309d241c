package dev.rote.networks;

import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;

/**
 * The shape of a network.
 *
 * @param model all defaults filled in
 * @param input shape of one example
 * @param classes number of classes K
 */
public record Architecture(ModelSpec model, Shape input, int classes) {

  /** Values of one input, D. */
  public int inputLength() {
    return input.getChannels() * input.getHeight() * input.getWidth();
  }
}
