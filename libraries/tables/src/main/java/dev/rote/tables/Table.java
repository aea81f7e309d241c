package dev.rote.tables;

import java.util.List;

/** A table: its name, and its columns from left to right. */
public record Table(String name, List<Column> columns) {

  public Table {
    columns = List.copyOf(columns);
    if (columns.stream().map(Column::name).distinct().count() < columns.size()) {
      throw new IllegalArgumentException(name + " has two columns of one name: " + columns);
    }
  }
}
