package dev.rote.trainer.queue;

import dev.rote.artifacts.HostTrouble;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.OtherVersionException;
import dev.rote.grpcerrors.ApiErrors;
import dev.rote.runtime.Slots;
import dev.rote.spec.AdmittedTrial;
import dev.rote.spec.SpecException;
import dev.rote.spec.UnlikeOfferException;
import dev.rote.spec.Versions;
import dev.rote.trainer.training.RunControl;
import dev.rote.trainer.trials.Answer;
import dev.rote.trainer.trials.Trainer;
import dev.rote.v1.RenewLeaseResponse;
import dev.rote.v1.TrialProgress;
import dev.rote.v1.TrialResult;
import dev.rote.v1.WorkItem;
import dev.rote.workqueue.WorkContext;
import dev.rote.workqueue.WorkHandler;
import dev.rote.workqueue.WorkOutcome;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Trains one trial. While the object store or the corruption service is out of reach the trial is
 * given back, never failed.
 */
final class TrialHandler implements WorkHandler {
  private static final Logger LOG = Logger.getLogger(TrialHandler.class);

  private final Trainer trainer;

  TrialHandler(Trainer trainer) {
    this.trainer = trainer;
  }

  @Override
  public WorkOutcome handle(WorkItem item, WorkContext context) throws InterruptedException {
    try {
      AdmittedTrial offered = AdmittedTrial.offered(item.getTrainTrial(), Versions.CURRENT);
      Answer answer = trainer.train(offered, Slots.Admission.WAIT, new Leased(context));
      if (answer instanceof Answer.Done done) {
        TrialResult result = done.result();
        return WorkOutcome.Completed.trial(
            done.reused(), result.getOutcome(), result.getHistoryCount() - 1);
      }
      return context.order() == RenewLeaseResponse.Order.ABANDON
          ? new WorkOutcome.Abandoned()
          : new WorkOutcome.Yielded();
    } catch (SpecException e) {
      return new WorkOutcome.Failed("SPEC_INVALID", String.valueOf(e.getMessage()), false);
    } catch (UnlikeOfferException e) {
      return new WorkOutcome.Failed(
          UnlikeOfferException.REASON, String.valueOf(e.getMessage()), false);
    } catch (IllegalArgumentException e) {
      return new WorkOutcome.Failed("MODEL_UNFIT", String.valueOf(e.getMessage()), false);
    } catch (OtherVersionException e) {
      return yielded(item, OtherVersionException.REASON, String.valueOf(e.getMessage()));
    } catch (ObjectStoreException e) {
      return outcome(item, e);
    } catch (StatusRuntimeException e) {
      return outcome(item, e);
    }
  }

  private static WorkOutcome outcome(WorkItem item, ObjectStoreException e) {
    Optional<HostTrouble> trouble = HostTrouble.of(e);
    if (trouble.isPresent()) {
      return new WorkOutcome.Hindered(trouble.get());
    }
    String message = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case UNAVAILABLE -> yielded(item, "OBJECT_STORE_UNAVAILABLE", message);
      /* Pruned or replaced meanwhile: the next attempt finds out anew. */
      case NOT_FOUND -> new WorkOutcome.Failed("OBJECT_MISSING", message, true);
      case REFUSED -> new WorkOutcome.Failed("OBJECT_STORE_REFUSED", message, false);
      case DAMAGED -> new WorkOutcome.Failed("OBJECT_DAMAGED", message, false);
    };
  }

  private static WorkOutcome outcome(WorkItem item, StatusRuntimeException e) {
    String message = "corruption service: " + ApiErrors.describe(e);
    if (ApiErrors.reason(e).filter(OtherVersionException.REASON::equals).isPresent()) {
      return yielded(item, OtherVersionException.REASON, message);
    }
    return switch (e.getStatus().getCode()) {
      case UNAVAILABLE, RESOURCE_EXHAUSTED, ABORTED, DEADLINE_EXCEEDED ->
          yielded(item, "CORRUPTION_" + e.getStatus().getCode(), message);
      case INTERNAL, UNKNOWN, CANCELLED -> new WorkOutcome.Failed("VARIANT_FAILED", message, true);
      default -> new WorkOutcome.Failed("VARIANT_REFUSED", message, false);
    };
  }

  private static WorkOutcome yielded(WorkItem item, String reason, String message) {
    LOG.warnf("%s is given back: %s", item.getWorkId(), message);
    return new WorkOutcome.Yielded(reason, message);
  }

  private record Leased(WorkContext context) implements RunControl {
    @Override
    public boolean shouldStop() {
      return context.shouldStop();
    }

    @Override
    public void progress(TrialProgress newest) {
      context.report(newest);
    }
  }
}
