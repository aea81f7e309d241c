package dev.rote.cuda;

/**
 * Shape of an image on the card, [height, width, channels].
 *
 * @param height rows
 * @param width columns
 * @param channels of each pixel
 */
record ImageShape(int height, int width, int channels) {
  /** Units without a place. */
  static ImageShape units(int count) {
    return new ImageShape(1, 1, count);
  }

  int places() {
    return height * width;
  }

  int length() {
    return places() * channels;
  }

  /** Where value i, channels last, lies among values with channels first. */
  int channelsFirst(int i) {
    return i % channels * places() + i / channels;
  }
}
