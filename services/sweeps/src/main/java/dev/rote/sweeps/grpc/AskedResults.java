package dev.rote.sweeps.grpc;

import dev.rote.grpcerrors.ApiException;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.v1.GetResultsRequest;
import dev.rote.v1.GetResultsResponse;
import dev.rote.v1.Report;
import dev.rote.v1.SweepRecord;
import java.util.OptionalLong;

/** Which results a call asks for: a sweep's own report, or other figures of all or one trial. */
final class AskedResults {
  private final StoredReports reports;
  private final TrialListing trials;

  AskedResults(StoredReports reports, TrialListing trials) {
    this.reports = reports;
    this.trials = trials;
  }

  GetResultsResponse of(WorkflowView view, SweepRecord sweep, GetResultsRequest request) {
    return GetResultsResponse.newBuilder().setReport(report(view, sweep, request)).build();
  }

  private Report report(WorkflowView view, SweepRecord sweep, GetResultsRequest request) {
    if (request.getFiguresCount() > 0) {
      return reports.report(view, sweep, request.getFiguresList(), trial(view, sweep, request));
    }
    if (request.hasTrial()) {
      throw ApiException.invalid("trial", "is for figures that are asked for: there are none");
    }
    return reports.report(view, sweep, request.getPartial());
  }

  private OptionalLong trial(WorkflowView view, SweepRecord sweep, GetResultsRequest request) {
    return request.hasTrial()
        ? OptionalLong.of(trials.cell(view, sweep, request.getTrial()).index())
        : OptionalLong.empty();
  }
}
