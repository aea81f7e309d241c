package dev.rote.figures.study;

/** An example as it lies in a variant. Immutable. */
public final class ExamplePicture {
  private final int channels;
  private final int height;
  private final int width;
  private final float[] values;
  private final int sourceLabel;
  private final boolean replacedInput;

  /**
   * @param channels planes
   * @param height rows
   * @param width columns
   * @param values float32[channels, height, width], copied
   * @param sourceLabel that the dataset gives it
   * @param replacedInput whether its input is not the dataset's
   */
  public ExamplePicture(
      int channels, int height, int width, float[] values, int sourceLabel, boolean replacedInput) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = values.clone();
    this.sourceLabel = sourceLabel;
    this.replacedInput = replacedInput;
  }

  public int channels() {
    return channels;
  }

  /** The label that the dataset gives it. */
  public int sourceLabel() {
    return sourceLabel;
  }

  /** Whether its input is not the dataset's. */
  public boolean replacedInput() {
    return replacedInput;
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
