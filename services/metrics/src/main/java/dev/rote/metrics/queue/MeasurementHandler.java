package dev.rote.metrics.queue;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.metrics.measuring.OtherNumericsException;
import dev.rote.metrics.measuring.TrialMeasurer;
import dev.rote.metrics.metric.NotReproducedException;
import dev.rote.metrics.storage.MissingArtifactException;
import dev.rote.spec.AdmittedMeasurement;
import dev.rote.spec.Versions;
import dev.rote.v1.WorkItem;
import dev.rote.workqueue.WorkContext;
import dev.rote.workqueue.WorkHandler;
import dev.rote.workqueue.WorkOutcome;
import java.util.concurrent.CancellationException;

/** Makes one measurement. */
final class MeasurementHandler implements WorkHandler {
  private final TrialMeasurer measurer;

  MeasurementHandler(TrialMeasurer measurer) {
    this.measurer = measurer;
  }

  @Override
  public WorkOutcome handle(WorkItem item, WorkContext context) {
    try {
      AdmittedMeasurement offered =
          AdmittedMeasurement.offered(item.getMeasureTrial(), Versions.CURRENT);
      return WorkOutcome.Completed.work(
          measurer.measure(offered, () -> throwIfOrdered(context), context::report).reused());
    } catch (OtherNumericsException e) {
      return WorkOutcome.Failed.remake(
          String.valueOf(e.getMessage()),
          ArtifactKeys.artifact(ArtifactKeys.trialResult(e.trialId())).stream().toList());
    } catch (MissingArtifactException e) {
      if (e.getCause() != null) {
        throw e;
      }
      return WorkOutcome.Failed.refuse(e.reason().name(), String.valueOf(e.getMessage()));
    } catch (NotReproducedException e) {
      return WorkOutcome.Failed.refuse(
          NotReproducedException.REASON, String.valueOf(e.getMessage()));
    }
  }

  private static void throwIfOrdered(WorkContext context) {
    if (context.shouldStop()) {
      throw new CancellationException("ordered to stop: " + context.order());
    }
  }
}
