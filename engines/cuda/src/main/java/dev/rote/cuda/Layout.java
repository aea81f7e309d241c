package dev.rote.cuda;

import dev.rote.blueprint.Extent;

/**
 * How the values of one example lie on the card.
 *
 * @param image rows, columns and channels
 * @param kind what they stand for
 */
record Layout(ImageShape image, Kind kind) {
  /** What values stand for. */
  enum Kind {
    /** An image, [H, W, C]. */
    IMAGE,
    /** The network's own input, as its caller gives it: [C, H, W]. */
    ENTERING,
    /** Units: those of a flattened image stay where its values lie. */
    UNITS
  }

  static Layout units(int count) {
    return new Layout(ImageShape.units(count), Kind.UNITS);
  }

  /** Of an image's extent. */
  static Layout image(Extent extent, Kind kind) {
    return new Layout(new ImageShape(extent.height(), extent.width(), extent.channels()), kind);
  }

  /** Of a node that keeps places and changes channels, or units. */
  static Layout of(Extent extent) {
    return extent.isImage() ? image(extent, Kind.IMAGE) : units(extent.length());
  }

  int length() {
    return image.length();
  }

  Layout flattened() {
    return kind == Kind.ENTERING ? units(length()) : new Layout(image, Kind.UNITS);
  }

  /** Where unit i on the card stands among units in the order of checkpoints. */
  int unit(int i) {
    return image.channelsFirst(i);
  }

  /** Image for kernels that turn an index into one with channels first. */
  ImageShape drawn() {
    return kind == Kind.ENTERING ? ImageShape.units(length()) : image;
  }

  /** Channels, each of which has statistics of its own: those of an image, or units. */
  ImageShape channels() {
    return kind == Kind.UNITS ? ImageShape.units(length()) : image;
  }

  /**
   * This layout, of values that are no longer the network's own input.
   *
   * @throws IllegalArgumentException if they are, as they lie otherwise
   */
  Layout computed(String word) {
    if (kind == Kind.ENTERING) {
      throw new IllegalArgumentException(
          "the engine cuda does not compute "
              + word
              + " on the network's own input: begin with a convolution or flatten, or choose"
              + " rote.engine=nd4j");
    }
    return this;
  }
}
