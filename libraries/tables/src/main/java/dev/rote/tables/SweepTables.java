package dev.rote.tables;

import dev.rote.figures.study.CellResults;
import dev.rote.figures.study.StudyResults;
import dev.rote.v1.Axis;
import dev.rote.v1.Report;
import dev.rote.v1.Sweep;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tables of a sweep. Those of trials are read trial by trial, whatever their number, and hold
 * what is stored of each: of a sweep under way, or one that was cancelled, what there is.
 */
public final class SweepTables {
  private static final List<Function<List<String>, TrialTable>> TRIALS =
      List.of(
          TrialsTable::new,
          EpochsTable::new,
          ExamplesTable::new,
          ScoresTable::new,
          MeasurementsTable::new);
  private static final List<ReportTable> REPORTS = List.of(new FiguresTable(), new ClaimsTable());

  private final Map<String, TrialTable> trials;
  private final Map<String, ReportTable> reports;

  /** The tables that the results of a sweep make. */
  public SweepTables(Sweep sweep) {
    List<String> axes = sweep.getSpec().getAxesList().stream().map(Axis::getName).toList();
    this.trials =
        TRIALS.stream()
            .map(table -> table.apply(axes))
            .collect(Collectors.toMap(t -> t.table().name(), t -> t));
    this.reports = REPORTS.stream().collect(Collectors.toMap(t -> t.table().name(), t -> t));
  }

  /** Names of all tables. */
  public static List<String> names() {
    return List.of("trials", "epochs", "examples", "scores", "measurements", "figures", "claims");
  }

  /** Whether a table is read from the report, and not from the trials. */
  public static boolean isOfReport(String name) {
    return REPORTS.stream().anyMatch(table -> table.table().name().equals(name));
  }

  /**
   * A table's columns.
   *
   * @param name one of {@link #names}
   */
  public Table table(String name) {
    ReportTable report = reports.get(name);
    return report != null ? report.table() : trialTable(name).table();
  }

  private TrialTable trialTable(String name) {
    TrialTable table = trials.get(name);
    if (table == null) {
      throw new IllegalArgumentException("table must be one of " + names() + ", was " + name);
    }
    return table;
  }

  /** Writes a table of trials. */
  public void write(String name, StudyResults results, RowSink sink) throws IOException {
    TrialTable table = trialTable(name);
    for (long index = 0; index < results.cells(); index++) {
      CellResults cell = results.cell(index);
      table.rows(results.sweep(), cell.index(index), cell, sink);
    }
  }

  /** Writes a table of the report. */
  public void write(String name, Report report, RowSink sink) throws IOException {
    ReportTable table = reports.get(name);
    if (table == null) {
      throw new IllegalArgumentException(name + " is no table of reports");
    }
    table.rows(report, sink);
  }
}
