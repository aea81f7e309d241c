package dev.rote.corruption.formats;

import dev.rote.corruption.formats.NumberArray.Rows;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of an array [n] or [n, columns]. */
final class ArrayCells implements LabelCells {
  private final NumberArray array;
  private final Rows rows;

  ArrayCells(NumberArray array) {
    if (array.dimensions().size() > 2) {
      throw array
          .file()
          .unfit(
              "has the dimensions " + array.dimensions() + ", labels have [n] or [n, columns]",
              "dimensions",
              "[n] or [n, columns]",
              array.dimensions().toString());
    }
    this.array = array;
    this.rows = array.open();
  }

  @Override
  public List<String> names() {
    return IntStream.range(0, array.rowValues()).mapToObj(column -> "").toList();
  }

  @Override
  public boolean advance() {
    return rows.advance();
  }

  @Override
  public String place() {
    return "" + rows.index();
  }

  @Override
  public double number(int column) {
    return rows.value(column);
  }

  @Override
  public String text(int column) {
    return "" + rows.value(column);
  }

  @Override
  public void close() {
    rows.close();
  }
}
