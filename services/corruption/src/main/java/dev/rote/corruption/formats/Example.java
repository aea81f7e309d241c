package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.NamedFile;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An example as a file has it: inputs and a label; readers write one anew each time. Its picture
 * comes encoded, and is decoded before its inputs are asked for.
 */
public final class Example {
  private static final int[] NONE = {};

  private int[] dimensions = NONE;
  private boolean picture;
  private boolean whole;
  private byte @Nullable [] encoded;
  private @Nullable NamedFile file;
  private byte @Nullable [] levels;
  private float @Nullable [] numbers;
  private long label;
  private @Nullable String text;
  private String place = "";

  /**
   * Inputs that are a picture.
   *
   * @param bytes PNG or JPEG, in an array that nobody else writes to
   * @param from the file that it is, or lies in
   */
  void picture(byte[] bytes, NamedFile from) {
    inputs(null, null, NONE, true);
    this.encoded = bytes;
    this.file = from;
  }

  /** Its picture, decoded. */
  void decoded(Picture decoded) {
    levels(
        decoded.levels(), new int[] {decoded.channels(), decoded.height(), decoded.width()}, true);
  }

  /**
   * Inputs that are unsigned bytes.
   *
   * @param dimensions of the example, row-major
   * @param isPicture whether its dimensions are [channels, rows, columns], whatever a description
   *     of arrays says
   */
  void levels(byte[] values, int[] dimensions, boolean isPicture) {
    inputs(values, null, dimensions, true);
    this.picture = isPicture;
  }

  /**
   * Inputs of other types.
   *
   * @param whole whether their type has whole numbers alone
   */
  void numbers(float[] values, int[] dimensions, boolean whole) {
    inputs(null, values, dimensions, whole);
  }

  private void inputs(
      byte @Nullable [] bytes, float @Nullable [] values, int[] sizes, boolean isWhole) {
    this.encoded = null;
    this.levels = bytes;
    this.numbers = values;
    this.dimensions = sizes;
    this.picture = false;
    this.whole = isWhole;
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

  /** PNG or JPEG; null where there is none, or it was decoded. */
  byte @Nullable [] encoded() {
    return encoded;
  }

  /** The file that an encoded picture is, or lies in. */
  NamedFile file() {
    return Objects.requireNonNull(file);
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
  public byte @Nullable [] levels() {
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
