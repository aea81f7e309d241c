package dev.rote.sweeps.report;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.reports.ReportUpload;
import dev.rote.figures.FigureException;
import dev.rote.figures.report.Outcome;
import dev.rote.figures.report.ReportWriter;
import dev.rote.grpcerrors.ApiException;
import dev.rote.sweeps.kafka.WorkflowEngine;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.v1.Figure;
import dev.rote.v1.PruneTrialWork;
import dev.rote.v1.RenewLeaseResponse;
import dev.rote.v1.Report;
import dev.rote.v1.Retention;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.VerdictCounts;
import dev.rote.v1.WorkItem;
import dev.rote.workqueue.WorkContext;
import dev.rote.workqueue.WorkHandler;
import dev.rote.workqueue.WorkOutcome;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Writes reports and prunes checkpoints. */
public final class ReportHandler implements WorkHandler {
  private static final int KEYS_AT_ONCE = 500;

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
    try {
      if (item.hasPruneTrial()) {
        prune(item.getPruneTrial());
        return WorkOutcome.Completed.work(false);
      }
      return WorkOutcome.Completed.report(write(item.getWriteReport().getSweepId(), context));
    } catch (CancellationException e) {
      return context.order() == RenewLeaseResponse.Order.YIELD
          ? new WorkOutcome.Yielded()
          : new WorkOutcome.Abandoned();
    } catch (FigureException e) {
      return new WorkOutcome.Failed("FIGURE_" + e.reason(), String.valueOf(e.getMessage()), false);
    } catch (ApiException e) {
      return new WorkOutcome.Failed(e.reason(), String.valueOf(e.getMessage()), true);
    } catch (MissingResultException e) {
      return new WorkOutcome.Failed("RESULT_MISSING", String.valueOf(e.getMessage()), false);
    } catch (ObjectStoreException e) {
      return new WorkOutcome.Failed(
          "OBJECT_STORE_" + e.reason(),
          String.valueOf(e.getMessage()),
          e.reason() == ObjectStoreException.Reason.UNAVAILABLE);
    }
  }

  private VerdictCounts write(String sweepId, WorkContext context) {
    WorkflowView view = engine.view();
    SweepRecord record = view.sweep(sweepId).orElseThrow();
    Report report = maker.make(view, record, context::shouldStop);
    ReportUpload upload = new ReportUpload(store, sweepId);
    ReportWriter.write(report, upload::write);
    upload.finish();
    return counts(report);
  }

  private static VerdictCounts counts(Report report) {
    List<Figure> figures = report.getFiguresList();
    return VerdictCounts.newBuilder()
        .setHolding((int) Outcome.HOLDS.count(figures))
        .setFailing((int) Outcome.FAILS.count(figures))
        .setUndecided((int) Outcome.UNDECIDED.count(figures))
        .build();
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
    if (!keepLast && !last.isEmpty()) {
      store.delete(last);
    }
  }
}
