package dev.rote.sweeps.grpc;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.spec.AdmittedMeasurement;
import dev.rote.sweeps.workflow.SweepPlan;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.v1.CellRecord;
import dev.rote.v1.DescribeTrialResponse;
import dev.rote.v1.MeasurementState;
import dev.rote.v1.SweepRecord;

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
    SweepPlan.Cell cell = trials.cell(view, sweep, index);
    DescribeTrialResponse.Builder trial =
        DescribeTrialResponse.newBuilder()
            .setTrial(TrialListing.trial(view, sweep, cell))
            .setSpec(cell.trial().spec())
            .setFailure(
                view.ended(sweep.getSweepId(), index).map(CellRecord::getReason).orElse(""));
    String trialId = cell.trial().id().value();
    StoredMessage.TRIAL_RESULT
        .find(store, trialId)
        .ifPresentOrElse(
            trial::setResult, () -> trial.addAllHistory(HistoryUnderWay.of(store, trialId)));
    for (AdmittedMeasurement measurement : cell.measures()) {
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
