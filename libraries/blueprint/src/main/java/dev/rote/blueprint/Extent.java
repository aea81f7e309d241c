package dev.rote.blueprint;

import dev.rote.v1.Shape;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Shape of one example between nodes: [C, H, W] of an image, [units] otherwise; row-major.
 *
 * @param sizes one or three, each at least 1
 */
public record Extent(List<Integer> sizes) {
  private static final int IMAGE_AXES = 3;

  public Extent {
    sizes = List.copyOf(sizes);
  }

  /** Of an image. */
  public static Extent image(int channels, int height, int width) {
    return new Extent(List.of(channels, height, width));
  }

  /** Of units without a place. */
  public static Extent units(int units) {
    return new Extent(List.of(units));
  }

  /** Of what enters a network. */
  static Extent of(Shape shape) {
    return image(shape.getChannels(), shape.getHeight(), shape.getWidth());
  }

  public boolean isImage() {
    return sizes.size() == IMAGE_AXES;
  }

  /** Channels of an image; units otherwise. */
  public int channels() {
    return sizes.get(0);
  }

  /** Rows of an image; 1 otherwise. */
  public int height() {
    return isImage() ? sizes.get(1) : 1;
  }

  /** Columns of an image; 1 otherwise. */
  public int width() {
    return isImage() ? sizes.get(2) : 1;
  }

  /** Pixels of an image; 1 otherwise. */
  public int places() {
    return Math.multiplyExact(height(), width());
  }

  /**
   * Values of one example.
   *
   * @throws ArithmeticException beyond 2<sup>31</sup>
   */
  public int length() {
    return Math.multiplyExact(channels(), places());
  }

  /** Such as {@code 3x32x32}. */
  @Override
  public String toString() {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
