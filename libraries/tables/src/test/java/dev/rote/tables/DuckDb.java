package dev.rote.tables;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database in memory that reads files by a library of its own. */
final class DuckDb implements AutoCloseable {
  private final Connection connection;

  DuckDb() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
  }

  /** The one row of an answer, as words. */
  List<String> row(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(query)) {
      if (!answer.next()) {
        throw new AssertionError("no row: " + query);
      }
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
        row.add(String.valueOf(answer.getString(i)));
      }
      if (answer.next()) {
        throw new AssertionError("more than one row: " + query);
      }
      return row;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
