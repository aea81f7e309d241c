package dev.rote.tables;

import dev.rote.v1.Figure;
import dev.rote.v1.Report;
import dev.rote.v1.Verdict;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row for each claim. */
final class ClaimsTable implements ReportTable {
  private static final Table TABLE =
      new Table(
          "claims",
          List.of(
              Column.text("figure"),
              Column.text("claim"),
              Column.text("verdict"),
              Column.text("statistic_name"),
              Column.float64("statistic"),
              Column.text("comparison"),
              Column.float64("threshold"),
              Column.text("undecided")));

  @Override
  public Table table() {
    return TABLE;
  }

  @Override
  public void rows(Report report, RowSink sink) throws IOException {
    for (Figure figure : report.getFiguresList()) {
      for (Verdict verdict : figure.getVerdictsList()) {
        boolean decided = verdict.getUndecided().isEmpty();
        @Nullable Object[] row = {
          figure.getName(),
          verdict.getClaim(),
          decided ? verdict.getHolds() ? "holds" : "does not hold" : "undecided",
          verdict.getStatisticName(),
          decided ? (Double) verdict.getStatistic() : null,
          verdict.getComparison(),
          verdict.getThreshold(),
          decided ? null : verdict.getUndecided()
        };
        sink.row(row);
      }
    }
  }
}
