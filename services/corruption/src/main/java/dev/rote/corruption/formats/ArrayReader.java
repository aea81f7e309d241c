package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.formats.NumberArray.Rows;

/** Examples that are the rows of an array, with their labels beside them. */
final class ArrayReader implements ExampleReader {
  private final NumberArray array;
  private final Rows rows;
  private final LabelReader labels;
  private final int[] dimensions;
  private final byte[] levels;
  private final float[] numbers;

  private ArrayReader(NumberArray array, LabelReader labels) {
    this.array = array;
    this.labels = labels;
    this.dimensions = array.rowDimensions();
    boolean bytes = isLevels(array);
    this.levels = new byte[bytes ? array.rowValues() : 0];
    this.numbers = new float[bytes ? 0 : array.rowValues()];
    this.rows = array.open();
  }

  /**
   * @param labels closed with the reader
   */
  static ArrayReader open(NumberArray array, LabelReader labels) {
    try {
      if (array.dimensions().size() < 2) {
        throw array
            .file()
            .unfit(
                "has the dimensions "
                    + array.dimensions()
                    + " in "
                    + array.name()
                    + ", inputs have [n, features], [n, rows, columns] or those and channels: is"
                    + " it the labels?",
                "dimensions",
                "2 to 4",
                "" + array.dimensions().size());
      }
      if (array.dimensions().size() > 4) {
        throw array
            .file()
            .unfit(
                "has "
                    + array.dimensions().size()
                    + " dimensions in "
                    + array.name()
                    + ", inputs have at most 4",
                "dimensions",
                "2 to 4",
                "" + array.dimensions().size());
      }
      return new ArrayReader(array, labels);
    } catch (DatasetException e) {
      labels.close();
      throw e;
    }
  }

  /* Black and white pictures are levels, too; truth values among features are numbers. */
  private static boolean isLevels(NumberArray array) {
    return array.type() == NumberType.UINT8
        || (array.type() == NumberType.BOOL && array.dimensions().size() > 2);
  }

  @Override
  public boolean next(Example into) {
    long index = rows.index();
    boolean input = rows.advance();
    boolean label = labels.next(into);
    if (input != label) {
      throw array
          .file()
          .unfit(
              input
                  ? "has "
                      + array.rows()
                      + " examples in "
                      + array.name()
                      + ", and "
                      + labels.name()
                      + " only "
                      + index
                      + " labels: there must be one for each"
                  : "has only "
                      + array.rows()
                      + " examples in "
                      + array.name()
                      + ", and "
                      + labels.name()
                      + " has more labels: there must be one for each",
              "number of labels",
              "" + array.rows(),
              input ? "" + index : "more");
    }
    if (!input) {
      return false;
    }
    into.place("row " + index + " of " + array.name());
    if (levels.length > 0) {
      rows.bytes(levels);
      if (array.type() == NumberType.BOOL) {
        for (int v = 0; v < levels.length; v++) {
          levels[v] = (byte) (levels[v] == 0 ? 0 : 0xFF);
        }
      }
      into.levels(levels, dimensions, false);
    } else {
      for (int v = 0; v < numbers.length; v++) {
        numbers[v] = number(rows.value(v), v);
      }
      into.numbers(numbers, dimensions, array.type().isWhole());
    }
    return true;
  }

  private float number(double value, int v) {
    float number = (float) value;
    if (!Float.isFinite(number)) {
      throw rows.wrong(
          "the value " + value + " at position " + v,
          "inputs must be finite float32: leave the row out, or put a number there");
    }
    return number;
  }

  @Override
  public void close() {
    rows.close();
    labels.close();
  }
}
