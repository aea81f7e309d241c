package dev.rote.sweeps.report;

import com.google.protobuf.util.Timestamps;
import dev.rote.artifacts.ObjectStore;
import dev.rote.figures.building.LookJudge;
import dev.rote.figures.building.ReportBuilder;
import dev.rote.figures.study.StudyResults;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.SweepFiles;
import dev.rote.spec.Versions;
import dev.rote.sweeps.workflow.Plans;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.Look;
import dev.rote.v1.MissingArtifact;
import dev.rote.v1.Provenance;
import dev.rote.v1.Report;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepSpec;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Makes the report of a sweep from its stored results. The sweep may be under way, cancelled or
 * failed: then the report is of what there is, and says what is not.
 */
public final class ReportMaker {
  private final Plans plans;
  private final ObjectStore store;
  private final String version;
  private final Clock clock;

  /**
   * @param version of Rote, for the provenance
   */
  public ReportMaker(Plans plans, ObjectStore store, String version, Clock clock) {
    this.plans = plans;
    this.store = store;
    this.version = version;
    this.clock = clock;
  }

  /**
   * The report of a sweep.
   *
   * @param view of the state that has the sweep
   * @param stopped asked before each cell: whether nobody wants the report any more
   * @throws java.util.concurrent.CancellationException when nobody does
   * @throws MissingResultException when a result of a cell that is done is gone
   * @throws dev.rote.figures.FigureException when a figure cannot be made as it is declared
   */
  public Report make(WorkflowView view, SweepRecord record, BooleanSupplier stopped) {
    Sweep sweep = view.spec(record.getSweepId()).orElseThrow();
    try (StoredResults results = results(view, record, sweep, stopped)) {
      return ReportBuilder.build(
          record.getSweepId(), results, view.looks(record.getSweepId()), provenance(record, sweep));
    }
  }

  /**
   * A report of other figures than the sweep's own, of what there is.
   *
   * @param figures valid for the sweep, without claims
   * @param trial index in the grid of the one trial that they are of; empty: of all
   */
  public Report make(
      WorkflowView view,
      SweepRecord record,
      List<FigureSpec> figures,
      OptionalLong trial,
      BooleanSupplier stopped) {
    Sweep sweep = view.spec(record.getSweepId()).orElseThrow();
    SweepSpec drawn = sweep.getSpec().toBuilder().clearFigures().addAllFigures(figures).build();
    Sweep other = sweep.toBuilder().setSpec(SweepDefaults.fill(drawn)).build();
    CellsToRun cells = new CellsToRun(plans.of(record, () -> sweep), record, trial);
    CellEnds ends = new CellEnds(view, record.getSweepId());
    try (StoredResults results = new StoredResults(other, cells, ends, store, stopped)) {
      return ReportBuilder.build(record.getSweepId(), results, provenance(record, sweep));
    }
  }

  /**
   * The next look at the open claims of a sweep that repeats until they are judged.
   *
   * @param record of the moment at which all trials of the look have ended
   * @throws java.util.concurrent.CancellationException when nobody wants it
   * @throws MissingResultException when a result of a cell that is done is gone
   */
  public Look look(WorkflowView view, SweepRecord record, BooleanSupplier stopped) {
    Sweep sweep = view.spec(record.getSweepId()).orElseThrow();
    try (StoredResults results = results(view, record, sweep, stopped)) {
      return LookJudge.judge(results, view.looks(record.getSweepId()));
    }
  }

  /** Reads the results of a sweep. */
  @FunctionalInterface
  public interface ResultsReader {
    void read(StudyResults results) throws IOException;
  }

  /**
   * Hands the stored results of a sweep to a reader, those that there are.
   *
   * @param stopped asked before each cell: whether nobody wants them any more
   * @throws java.util.concurrent.CancellationException when nobody does
   * @throws MissingResultException when a result of a cell that is done is gone
   * @throws IOException from the reader
   */
  public void read(
      WorkflowView view, SweepRecord record, BooleanSupplier stopped, ResultsReader reader)
      throws IOException {
    Sweep sweep = view.spec(record.getSweepId()).orElseThrow();
    try (StoredResults results = results(view, record, sweep, stopped)) {
      reader.read(results);
    }
  }

  private StoredResults results(
      WorkflowView view, SweepRecord record, Sweep sweep, BooleanSupplier stopped) {
    CellEnds ends = new CellEnds(view, record.getSweepId());
    CellsToRun cells = new CellsToRun(plans.of(record, () -> sweep), record);
    return new StoredResults(sweep, cells, ends, store, stopped);
  }

  /**
   * What {@link #make} needs and cannot have: gone, or damaged and set aside now.
   *
   * @param stopped asked before each cell
   */
  List<MissingArtifact> missing(WorkflowView view, SweepRecord record, BooleanSupplier stopped) {
    Sweep sweep = view.spec(record.getSweepId()).orElseThrow();
    return new MissingResults(store, new CellEnds(view, record.getSweepId()))
        .of(new CellsToRun(plans.of(record, () -> sweep), record), stopped);
  }

  private Provenance provenance(SweepRecord record, Sweep sweep) {
    return Provenance.newBuilder()
        .setSweepJson(SweepFiles.toJson(sweep))
        .setRoteVersion(version)
        .setEngineVersion(Versions.parse(record.getVersions()).engine())
        .setJavaVersion(System.getProperty("java.vendor") + " " + Runtime.version())
        .setOs(System.getProperty("os.name") + " " + System.getProperty("os.arch"))
        .setNumerics(record.getNumerics())
        .setSubmitted(record.getSubmitted())
        .setReported(Timestamps.fromMillis(clock.millis()))
        .build();
  }
}
