package dev.rote.corruption.formats;

import dev.rote.corruption.formats.NumberArray.Rows;

/** Labels that are numbers: [n], or one of the columns of [n, columns]. */
final class NumberLabels implements LabelReader {
  private static final double EXACT = 0x1p53;

  private final NumberArray array;
  private final Rows rows;
  private final int column;

  private NumberLabels(NumberArray array, int column) {
    this.array = array;
    this.rows = array.open();
    this.column = column;
  }

  /**
   * @param column of several; empty: there must be one
   */
  static NumberLabels open(NumberArray array, String column) {
    int columns = array.rowValues();
    if (array.dimensions().size() > 2) {
      throw array
          .file()
          .unfit(
              "has the dimensions "
                  + array.dimensions()
                  + " in "
                  + array.name()
                  + ", labels have [n]: are they the inputs?",
              "dimensions",
              "[n]",
              array.dimensions().toString());
    }
    if (column.isEmpty() && columns > 1) {
      throw array
          .file()
          .unfit(
              "has "
                  + columns
                  + " columns in "
                  + array.name()
                  + ": say which one is the label, such as `label: '0'` for the first, or write"
                  + " classes as numbers (in NumPy: labels.argmax(1))",
              "columns",
              "1",
              "" + columns);
    }
    boolean number = column.chars().allMatch(Character::isDigit) && column.length() < 6;
    int chosen = column.isEmpty() ? 0 : number ? Integer.parseInt(column) : columns;
    if (chosen >= columns) {
      throw array
          .file()
          .unfit(
              "has no column "
                  + FirstBytes.text(column)
                  + " in "
                  + array.name()
                  + (columns == 1
                      ? ", which has one: leave `label` out"
                      : ": `label` must be a number below " + columns),
              "label",
              "below " + columns,
              column);
    }
    return new NumberLabels(array, chosen);
  }

  @Override
  public boolean next(Example into) {
    if (!rows.advance()) {
      return false;
    }
    double value = rows.value(column);
    if (value != Math.rint(value) || Math.abs(value) > EXACT) {
      throw rows.wrong("the label " + value, "labels must be whole numbers");
    }
    into.label((long) value);
    return true;
  }

  @Override
  public String name() {
    return array.name();
  }

  @Override
  public void close() {
    rows.close();
  }
}
