package dev.rote.corruption.formats;

import org.jspecify.annotations.Nullable;

/** An example as a file has it: inputs and a label; readers write one anew each time. */
public final class Example {
  private static final int[] NONE = {};

  private int[] dimensions = NONE;
  private boolean picture;
  private boolean whole;
  private byte @Nullable [] levels;
  private float @Nullable [] numbers;
  private long label;
  private @Nullable String text;
  private String place = "";

  /**
   * Inputs that are unsigned bytes.
   *
   * @param dimensions of the example, row-major
   * @param picture whether it was decoded, its dimensions being [channels, rows, columns]
   */
  void levels(byte[] values, int[] dimensions, boolean picture) {
    this.levels = values;
    this.numbers = null;
    this.dimensions = dimensions;
    this.picture = picture;
    this.whole = true;
  }

  /**
   * Inputs of other types.
   *
   * @param whole whether their type has whole numbers alone
   */
  void numbers(float[] values, int[] dimensions, boolean whole) {
    this.numbers = values;
    this.levels = null;
    this.dimensions = dimensions;
    this.picture = false;
    this.whole = whole;
  }

  void label(long number) {
    this.label = number;
    this.text = null;
  }

  void label(String name) {
    this.text = name;
  }

  /** Where it lies, such as {@code row 7 of train.csv}, rows counted from 0. */
  void place(String where) {
    this.place = where;
  }

  int[] dimensions() {
    return dimensions;
  }

  boolean isPicture() {
    return picture;
  }

  boolean isWhole() {
    return whole;
  }

  /** Unsigned bytes; null where inputs are of another type. */
  byte @Nullable [] levels() {
    return levels;
  }

  /** Null where inputs are unsigned bytes. */
  float @Nullable [] numbers() {
    return numbers;
  }

  long number() {
    return label;
  }

  /** The label where it is a name; null for a number. */
  @Nullable String text() {
    return text;
  }

  String place() {
    return place;
  }
}
