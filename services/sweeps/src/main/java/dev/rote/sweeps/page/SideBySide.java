package dev.rote.sweeps.page;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Sweeps and trials beside each other.
 *
 * @param names a column each
 * @param standing where they stand, {@code claims} what they found
 * @param asked what was asked for, where that differs
 */
public record SideBySide(
    List<String> names, List<Row> standing, List<Row> claims, List<Row> asked) {
  private static final String NONE = "–";

  /** A value of each column, {@code –} where it has none. */
  public record Row(String name, List<String> values) {}

  /**
   * A column.
   *
   * @param standing values by their names, in their order; {@code claims} and {@code asked}
   *     likewise
   */
  record Column(
      String name,
      Map<String, String> standing,
      Map<String, String> claims,
      Map<String, String> asked) {}

  static SideBySide of(List<Column> columns) {
    return new SideBySide(
        columns.stream().map(Column::name).toList(),
        rows(columns, Column::standing),
        rows(columns, Column::claims),
        rows(columns, Column::asked).stream()
            .filter(row -> new HashSet<>(row.values()).size() > 1)
            .toList());
  }

  /** Of the whole table, that of names included. */
  public int columns() {
    return names.size() + 1;
  }

  private static List<Row> rows(
      List<Column> columns, Function<Column, Map<String, String>> values) {
    Set<String> names = new LinkedHashSet<>();
    columns.forEach(column -> names.addAll(values.apply(column).keySet()));
    List<Row> rows = new ArrayList<>();
    for (String name : names) {
      rows.add(
          new Row(
              name,
              columns.stream()
                  .map(column -> values.apply(column).getOrDefault(name, NONE))
                  .toList()));
    }
    return rows;
  }
}
