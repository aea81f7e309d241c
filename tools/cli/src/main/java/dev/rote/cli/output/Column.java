package dev.rote.cli.output;

import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A column of a table.
 *
 * @param name lower case, words joined by {@code _}: the header in CSV, and in capitals in tables
 * @param numeric whether it is aligned to the right
 * @param shown the cell of a row in a table
 * @param exact the cell of a row in CSV
 */
public record Column<T>(
    String name, boolean numeric, Function<T, String> shown, Function<T, String> exact) {
  public static <T> Column<T> text(String name, Function<T, String> value) {
    return new Column<>(name, false, value, value);
  }

  /** The same, where NaN stands for none: {@code -} in tables, an empty field in CSV. */
  public static <T> Column<T> known(String name, ToDoubleFunction<T> value) {
    return new Column<>(
        name,
        true,
        row -> isKnown(value, row) ? Numbers.text(value.applyAsDouble(row)) : "-",
        row -> isKnown(value, row) ? Double.toString(value.applyAsDouble(row)) : "");
  }

  private static <T> boolean isKnown(ToDoubleFunction<T> value, T row) {
    return !Double.isNaN(value.applyAsDouble(row));
  }

  /** Rounded for the eye in tables, in full in CSV. */
  public static <T> Column<T> number(String name, Function<T, Number> value) {
    return new Column<>(
        name, true, row -> Numbers.text(value.apply(row)), row -> value.apply(row).toString());
  }
}
