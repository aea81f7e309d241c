package dev.rote.networks;

import dev.rote.blueprint.Blueprint;
import dev.rote.v1.Shape;
import java.util.Arrays;

/**
 * The part of an image that a network looks at: all of it, or what is left after cropping each
 * side.
 *
 * @param image shape of a whole image
 * @param crop pixels cut from each side
 */
public record InputPatch(Shape image, int crop) {

  /** The patch of a network. */
  public static InputPatch of(Blueprint blueprint) {
    return new InputPatch(blueprint.input(), blueprint.crop());
  }

  public int height() {
    return image.getHeight() - 2 * crop;
  }

  public int width() {
    return image.getWidth() - 2 * crop;
  }

  public int imageLength() {
    return image.getChannels() * image.getHeight() * image.getWidth();
  }

  public int length() {
    return image.getChannels() * height() * width();
  }

  /** Copies the patches of n images. */
  public void cut(float[] images, int n, float[] patches) {
    int to = 0;
    for (int row = 0; row < n * image.getChannels() * height(); row++) {
      System.arraycopy(images, imageOffset(row), patches, to, width());
      to += width();
    }
  }

  /** Puts patches back into images whose border is zero. */
  public void paste(float[] patches, int n, float[] images) {
    Arrays.fill(images, 0, n * imageLength(), 0);
    for (int row = 0; row < n * image.getChannels() * height(); row++) {
      System.arraycopy(patches, row * width(), images, imageOffset(row), width());
    }
  }

  /** Where row {@code row} of all patches begins among the images. */
  private int imageOffset(int row) {
    int plane = row / height();
    int y = row % height() + crop;
    return (plane * image.getHeight() + y) * image.getWidth() + crop;
  }
}
