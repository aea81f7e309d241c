package dev.rote.corruption.datasets;

import dev.rote.v1.Shape;

/**
 * Shape of one example, stored channel by channel, row-major.
 *
 * @param channels planes
 * @param height rows
 * @param width columns
 */
public record ImageShape(int channels, int height, int width) {

  /** Pixels of one plane. */
  public int pixels() {
    return height * width;
  }

  /** Values of one example. */
  public int values() {
    return channels * pixels();
  }

  /** The shape once squares of {@code side} pixels are averaged. */
  public ImageShape pooled(int side) {
    return new ImageShape(channels, height / side, width / side);
  }

  /** Such as {@code 28 x 28} or {@code 3 x 32 x 32}. */
  @Override
  public String toString() {
    return (channels == 1 ? "" : channels + " x ") + height + " x " + width;
  }

  static ImageShape of(Shape shape) {
    return new ImageShape(shape.getChannels(), shape.getHeight(), shape.getWidth());
  }

  public Shape toProto() {
    return Shape.newBuilder().setChannels(channels).setHeight(height).setWidth(width).build();
  }
}
