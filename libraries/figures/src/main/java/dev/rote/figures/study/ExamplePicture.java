package dev.rote.figures.study;

/** The input of an example. Immutable. */
public final class ExamplePicture {
  private final int channels;
  private final int height;
  private final int width;
  private final float[] values;

  /**
   * @param channels planes
   * @param height rows
   * @param width columns
   * @param values float32[channels, height, width], copied
   */
  public ExamplePicture(int channels, int height, int width, float[] values) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = values.clone();
  }

  public int channels() {
    return channels;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** A value of a plane, its rows one after another. */
  public float value(int channel, int i) {
    return values[channel * height * width + i];
  }
}
