package dev.rote.sweeps.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.grpcerrors.ApiException;
import dev.rote.sweeps.report.ReportMaker;
import dev.rote.sweeps.workflow.Plans;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.sweeps.workflow.Workplace;
import dev.rote.testkit.TestStore;
import dev.rote.v1.Report;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.SweepRecord;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredReportsIT {
  @Test
  void report_sweepThatHasNotCompleted_isPartialWhereThatWillDo(@TempDir Path directory) {
    Workplace place = new Workplace();
    place.submit("s", Workplace.sweep("s", 3, 1, 0));
    try (TestStore store = TestStore.start(directory)) {
      StoredReports reports =
          new StoredReports(
              store.client(),
              new ReportMaker(
                  new Plans(Workplace::plan), store.client(), "1.0", Clock.systemUTC()));
      WorkflowView view = new WorkflowView(place.state());
      SweepRecord running = view.sweep("s").orElseThrow();

      Report partial = reports.report(view, running, true);
      assertThat(partial.getCoverage().getUnfinished()).isEqualTo(3);
      assertThatThrownBy(() -> reports.report(view, running, false))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("has no report: it is RUNNING");

      place.control("s", Control.CANCEL);
      SweepRecord cancelled = view.sweep("s").orElseThrow();
      assertThat(reports.report(view, cancelled, true).getCoverage().getCancelled()).isEqualTo(3);
    }
  }
}
