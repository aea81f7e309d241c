package dev.rote.metrics.queue;

import dev.rote.artifacts.HostTrouble;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.OtherVersionException;
import dev.rote.metrics.measuring.TrialMeasurer;
import dev.rote.metrics.metric.NotReproducedException;
import dev.rote.metrics.storage.MissingArtifactException;
import dev.rote.spec.AdmittedMeasurement;
import dev.rote.spec.SpecException;
import dev.rote.spec.UnlikeOfferException;
import dev.rote.spec.Versions;
import dev.rote.v1.RenewLeaseResponse;
import dev.rote.v1.WorkItem;
import dev.rote.workqueue.WorkContext;
import dev.rote.workqueue.WorkHandler;
import dev.rote.workqueue.WorkOutcome;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Makes one measurement. What is not stored becomes a failure whose reason the workflow reacts to:
 * {@code TRIAL_MISSING}, {@code CHECKPOINT_MISSING} or {@code VARIANT_MISSING}.
 */
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
          measurer.measure(offered, () -> throwIfOrdered(context)).reused());
    } catch (CancellationException e) {
      return context.order() == RenewLeaseResponse.Order.YIELD
          ? new WorkOutcome.Yielded()
          : new WorkOutcome.Abandoned();
    } catch (MissingArtifactException e) {
      return new WorkOutcome.Failed(e.reason().name(), String.valueOf(e.getMessage()), false);
    } catch (NotReproducedException e) {
      return new WorkOutcome.Failed(
          NotReproducedException.REASON, String.valueOf(e.getMessage()), false);
    } catch (SpecException e) {
      return new WorkOutcome.Failed("SPEC_INVALID", String.valueOf(e.getMessage()), false);
    } catch (UnlikeOfferException e) {
      return new WorkOutcome.Failed(
          UnlikeOfferException.REASON, String.valueOf(e.getMessage()), false);
    } catch (OtherVersionException e) {
      return new WorkOutcome.Yielded(OtherVersionException.REASON, String.valueOf(e.getMessage()));
    } catch (ObjectStoreException e) {
      return outcome(e);
    }
  }

  private static WorkOutcome outcome(ObjectStoreException e) {
    Optional<HostTrouble> trouble = HostTrouble.of(e);
    if (trouble.isPresent()) {
      return new WorkOutcome.Hindered(trouble.get());
    }
    String message = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case UNAVAILABLE -> new WorkOutcome.Yielded("OBJECT_STORE_UNAVAILABLE", message);
      case NOT_FOUND -> new WorkOutcome.Failed("OBJECT_MISSING", message, false);
      case REFUSED -> new WorkOutcome.Failed("OBJECT_STORE_REFUSED", message, false);
      case DAMAGED -> new WorkOutcome.Failed("OBJECT_DAMAGED", message, false);
    };
  }

  private static void throwIfOrdered(WorkContext context) {
    if (context.shouldStop()) {
      throw new CancellationException("ordered to stop: " + context.order());
    }
  }
}
