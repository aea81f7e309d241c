package dev.rote.sweeps.report;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreException.Reason;
import dev.rote.artifacts.reports.ReportUpload;
import dev.rote.artifacts.traces.StoredTrace;
import dev.rote.figures.FigureException;
import dev.rote.figures.report.Outcome;
import dev.rote.figures.report.ReportWriter;
import dev.rote.sweeps.kafka.WorkflowEngine;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.v1.ClaimLook.Decision;
import dev.rote.v1.Figure;
import dev.rote.v1.MissingArtifact;
import dev.rote.v1.PruneTrialWork;
import dev.rote.v1.Report;
import dev.rote.v1.Retention;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.VerdictCounts;
import dev.rote.v1.WorkItem;
import dev.rote.workqueue.WorkContext;
import dev.rote.workqueue.WorkHandler;
import dev.rote.workqueue.WorkOutcome;
import java.util.List;
import java.util.stream.Stream;

/** Writes reports, takes looks at claims and prunes checkpoints. */
public final class ReportHandler implements WorkHandler {
  private static final int KEYS_AT_ONCE = 500;
  private static final String RESULT_MISSING = "RESULT_MISSING";

  private final WorkflowEngine engine;
  private final ReportMaker maker;
  private final ObjectStore store;

  public ReportHandler(WorkflowEngine engine, ReportMaker maker, ObjectStore store) {
    this.engine = engine;
    this.maker = maker;
    this.store = store;
  }

  @Override
  public WorkOutcome handle(WorkItem item, WorkContext context) {
    if (item.hasPruneTrial()) {
      prune(item.getPruneTrial());
      return WorkOutcome.Completed.work(false);
    }
    WorkflowView view = engine.view();
    String sweepId =
        item.hasJudgeLook() ? item.getJudgeLook().getSweepId() : item.getWriteReport().getSweepId();
    SweepRecord sweep = view.sweep(sweepId).orElseThrow();
    try {
      return item.hasJudgeLook()
          ? WorkOutcome.Completed.look(maker.look(view, sweep, context::shouldStop))
          : WorkOutcome.Completed.report(write(view, sweep, context));
    } catch (FigureException e) {
      return WorkOutcome.Failed.refuse("FIGURE_" + e.reason(), String.valueOf(e.getMessage()));
    } catch (MissingResultException e) {
      return missing(view, sweep, context, e);
    } catch (ObjectStoreException e) {
      if (e.reason() != Reason.DAMAGED) {
        throw e;
      }
      return missing(view, sweep, context, e);
    }
  }

  /** Names all that is missing at once, so that one retry of the report is enough. */
  private WorkOutcome missing(
      WorkflowView view, SweepRecord sweep, WorkContext context, RuntimeException first) {
    List<MissingArtifact> missing = maker.missing(view, sweep, context::shouldStop);
    String message = String.valueOf(first.getMessage());
    return missing.isEmpty()
        ? WorkOutcome.Failed.retry(RESULT_MISSING, message)
        : WorkOutcome.Failed.remake(message, missing);
  }

  private VerdictCounts write(WorkflowView view, SweepRecord sweep, WorkContext context) {
    Report report = maker.make(view, sweep, context::shouldStop);
    store(store, report);
    return counts(report);
  }

  /** Stores the files of a report, replacing those of an earlier one. */
  public static void store(ObjectStore store, Report report) {
    ReportUpload upload = new ReportUpload(store, report.getSweepId());
    ReportWriter.write(report, upload::write);
    upload.finish();
  }

  private static VerdictCounts counts(Report report) {
    List<Figure> figures = report.getFiguresList();
    return VerdictCounts.newBuilder()
        .setHolding((int) Outcome.HOLDS.count(figures))
        .setFailing((int) Outcome.FAILS.count(figures))
        .setUndecided((int) Outcome.UNDECIDED.count(figures))
        .setFutile((int) lastLooks(figures).filter(Decision.FUTILE::equals).count())
        .setOpen((int) lastLooks(figures).filter(Decision.OPEN::equals).count())
        .build();
  }

  /** What the last look at each claim decided, of a sweep that repeats until judged. */
  private static Stream<Decision> lastLooks(List<Figure> figures) {
    return figures.stream()
        .flatMap(figure -> figure.getVerdictsList().stream())
        .filter(verdict -> verdict.getLooksCount() > 0)
        .map(verdict -> verdict.getLooks(verdict.getLooksCount() - 1).getDecision());
  }

  /** Checkpoints are listed in the order of their epochs. */
  private void prune(PruneTrialWork work) {
    String prefix = ArtifactKeys.checkpoints(work.getTrialId());
    boolean keepLast = work.getKeep() == Retention.Checkpoints.FINAL;
    String last = "";
    List<String> keys;
    do {
      keys = store.list(prefix, last, KEYS_AT_ONCE);
      for (String key : keys) {
        if (!last.isEmpty()) {
          store.delete(last);
        }
        last = key;
      }
    } while (keys.size() == KEYS_AT_ONCE);
    if (!keepLast) {
      if (!last.isEmpty()) {
        store.delete(last);
      }
      StoredTrace.delete(store, work.getTrialId());
    }
  }
}
