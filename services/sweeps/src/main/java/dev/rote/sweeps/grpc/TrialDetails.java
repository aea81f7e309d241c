package dev.rote.sweeps.grpc;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.spec.AdmittedMeasurement;
import dev.rote.spec.TrialId;
import dev.rote.sweeps.workflow.SweepPlan;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.v1.CellRecord;
import dev.rote.v1.DescribeTrialResponse;
import dev.rote.v1.MeasurementState;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.TrialSummary;

/** One trial of a sweep: where it stands, and what is stored of it. */
public final class TrialDetails {
  private final TrialListing trials;
  private final ObjectStore store;

  public TrialDetails(TrialListing trials, ObjectStore store) {
    this.trials = trials;
    this.store = store;
  }

  /** The trial at an index of the grid. */
  DescribeTrialResponse of(WorkflowView view, SweepRecord sweep, long index) {
    SweepPlan.Cell planned = trials.cell(view, sweep, index);
    TrialSummary summary = TrialListing.trial(view, sweep.getSweepId(), planned);
    DescribeTrialResponse.Builder trial =
        DescribeTrialResponse.newBuilder()
            .setTrial(summary)
            .setSpec(planned.trial().spec())
            .setFailure(
                view.ended(sweep.getSweepId(), index).map(CellRecord::getReason).orElse(""));
    String trialId = summary.getTrialId();
    StoredMessage.TRIAL_RESULT
        .find(store, trialId)
        .ifPresentOrElse(
            trial::setResult, () -> trial.addAllHistory(HistoryUnderWay.of(store, trialId)));
    for (AdmittedMeasurement measurement : planned.under(new TrialId(trialId)).measures()) {
      String id = measurement.id().value();
      trial.addMeasurements(
          MeasurementState.newBuilder()
              .setName(measurement.spec().getName())
              .setMeasurementId(id)
              .setStored(store.size(ArtifactKeys.measurement(id)).isPresent()));
    }
    return trial.build();
  }
}
