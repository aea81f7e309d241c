package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.ImageShape;
import dev.rote.v1.OwnFiles;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Brings examples to one shape, channel by channel, and to one type, by a description and by what
 * the first of them is like.
 */
final class Normalized {
  private static final String FIELD = "variant.dataset.files";
  private static final int TOP = 255;

  private final OwnFiles files;
  private final @Nullable Resizing resizing;
  private @Nullable ImageShape shape;
  private boolean levels;
  private String first = "";

  Normalized(OwnFiles files) {
    this.files = files;
    this.resizing = files.hasResize() ? Resizing.of(files.getResize()) : null;
  }

  /**
   * An example in the shape of all.
   *
   * @param levels null where values are numbers
   * @param numbers null where values are levels
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Inputs(byte @Nullable [] levels, float @Nullable [] numbers) {}

  /** Shape of all examples, once one was seen. */
  ImageShape shape() {
    ImageShape known = shape;
    if (known == null) {
      throw new IllegalStateException("no example was seen");
    }
    return known;
  }

  /** Whether inputs are bytes; else they are numbers. */
  boolean isLevels() {
    return levels;
  }

  Inputs of(Example example) {
    int[] dimensions = planes(example);
    boolean spatial = dimensions[1] > 1 || dimensions[0] > 1;
    boolean asLevels =
        switch (files.getValues()) {
          case LEVELS -> true;
          case NUMBERS -> false;
          case UNSPECIFIED_VALUES, UNRECOGNIZED ->
              example.levels() != null || (example.isWhole() && spatial);
        };
    Inputs values = values(example, dimensions, asLevels);
    if (values.levels() == null || !spatial) {
      if (resizing != null) {
        throw DatasetException.refused(
            FIELD + ".resize", "is for pictures, and " + example.place() + " is none");
      }
      agree(new ImageShape(dimensions[0], dimensions[1], dimensions[2]), asLevels, example);
      return values;
    }
    Picture picture =
        fitted(new Picture(dimensions[0], dimensions[1], dimensions[2], values.levels()), example);
    agree(new ImageShape(picture.channels(), picture.height(), picture.width()), asLevels, example);
    return new Inputs(picture.levels(), null);
  }

  private Picture fitted(Picture picture, Example example) {
    ImageShape known = shape;
    int channels =
        files.hasChannels()
            ? files.getChannels()
            : known == null ? picture.channels() : known.channels();
    Picture coloured = picture;
    if (channels == 1 && picture.channels() == 3) {
      if (!files.hasChannels()) {
        throw DatasetException.refused(
            FIELD + ".channels",
            "must be written: " + example.place() + " is in colour, and " + first + " is grey");
      }
      coloured = picture.grey();
    } else if (channels == 3 && picture.channels() == 1) {
      coloured = picture.colour();
    }
    return resizing == null ? coloured : resizing.apply(coloured, example.place());
  }

  private void agree(ImageShape now, boolean asLevels, Example example) {
    if (now.values() > NumberArray.LARGEST_ROW) {
      throw DatasetException.refused(
          FIELD + ".resize",
          "must be written: "
              + example.place()
              + " has "
              + now
              + " values, and an example may have "
              + NumberArray.LARGEST_ROW);
    }
    ImageShape known = shape;
    if (known == null) {
      shape = now;
      levels = asLevels;
      first = example.place();
    } else if (!known.equals(now)) {
      throw DatasetException.refused(
          FIELD + ".resize",
          example.place()
              + " has the shape "
              + now
              + ", and "
              + first
              + " has "
              + known
              + (asLevels
                  ? ": write `resize: {height: "
                      + known.height()
                      + ", width: "
                      + known.width()
                      + "}`, or inspect with --resize "
                      + known.height()
                      + ","
                      + known.width()
                  : ": examples must have the same number of values"));
    }
  }

  /** Channels, rows and columns of an example as it comes, channels put first. */
  private int[] planes(Example example) {
    int[] dimensions = example.dimensions();
    int count = 1;
    for (int dimension : dimensions) {
      count *= dimension;
    }
    if (files.getShapeCount() > 0 && !example.isPicture()) {
      int[] wanted = files.getShapeList().stream().mapToInt(Integer::intValue).toArray();
      int values = Arrays.stream(wanted).reduce(1, (a, b) -> a * b);
      if (values != count) {
        throw DatasetException.refused(
            FIELD + ".shape",
            "has "
                + values
                + " values, and "
                + example.place()
                + " has "
                + count
                + " ("
                + Arrays.toString(dimensions)
                + ")");
      }
      if (dimensions.length != 3) {
        return padded(wanted);
      }
    }
    if (dimensions.length == 3 && !example.isPicture() && isLast(dimensions)) {
      return new int[] {dimensions[2], dimensions[0], dimensions[1]};
    }
    return padded(dimensions);
  }

  private static int[] padded(int[] dimensions) {
    return switch (dimensions.length) {
      case 1 -> new int[] {1, 1, dimensions[0]};
      case 2 -> new int[] {1, dimensions[0], dimensions[1]};
      default -> dimensions.clone();
    };
  }

  /** Whether channels come last. */
  private boolean isLast(int[] dimensions) {
    return switch (files.getLayout()) {
      case CHANNELS_LAST -> true;
      case CHANNELS_FIRST -> false;
      case UNSPECIFIED_LAYOUT, UNRECOGNIZED ->
          isColours(dimensions[2]) && !isColours(dimensions[0]);
    };
  }

  private static boolean isColours(int dimension) {
    return dimension == 1 || dimension == 3 || dimension == 4;
  }

  private Inputs values(Example example, int[] planes, boolean asLevels) {
    boolean last =
        example.dimensions().length == 3 && !example.isPicture() && isLast(example.dimensions());
    int channels = last ? planes[0] : 1;
    byte[] raw = example.levels();
    if (raw != null && asLevels && channels == 1) {
      return new Inputs(raw, null);
    }
    float[] numbers = example.numbers();
    int count = raw == null ? numbers == null ? 0 : numbers.length : raw.length;
    byte[] out = new byte[asLevels ? count : 0];
    float[] floats = new float[asLevels ? 0 : count];
    int pixels = count / channels;
    int at = 0;
    for (int c = 0; c < channels; c++) {
      for (int p = 0; p < pixels; p++) {
        int from = p * channels + c;
        if (asLevels) {
          out[at++] = raw == null ? level(numbers, from, example) : raw[from];
        } else {
          floats[at++] = raw == null ? number(numbers, from) : raw[from] & 0xFF;
        }
      }
    }
    return asLevels ? new Inputs(out, null) : new Inputs(null, floats);
  }

  private static float number(float @Nullable [] numbers, int at) {
    return numbers == null ? 0 : numbers[at];
  }

  private static byte level(float @Nullable [] numbers, int at, Example example) {
    float value = number(numbers, at);
    if (value < 0 || value > TOP || value != Math.rint(value)) {
      throw DatasetException.refused(
          FIELD + ".values",
          "must be NUMBERS: levels are whole numbers from 0 to 255, and "
              + example.place()
              + " has "
              + value
              + " at position "
              + at);
    }
    return (byte) (int) value;
  }
}
