package dev.rote.trainer.queue;

import dev.rote.runtime.Slots;
import dev.rote.spec.AdmittedTrial;
import dev.rote.spec.Versions;
import dev.rote.trainer.storage.TakenTrialException;
import dev.rote.trainer.training.RunControl;
import dev.rote.trainer.training.UnusableStartException;
import dev.rote.trainer.trials.Answer;
import dev.rote.trainer.trials.NotReproducedException;
import dev.rote.trainer.trials.Tracing;
import dev.rote.trainer.trials.Trainer;
import dev.rote.v1.RenewLeaseResponse;
import dev.rote.v1.TrialProgress;
import dev.rote.v1.TrialResult;
import dev.rote.v1.WorkItem;
import dev.rote.workqueue.WorkContext;
import dev.rote.workqueue.WorkHandler;
import dev.rote.workqueue.WorkOutcome;

/** Trains one trial. */
final class TrialHandler implements WorkHandler {
  private final Trainer trainer;

  TrialHandler(Trainer trainer) {
    this.trainer = trainer;
  }

  @Override
  public WorkOutcome handle(WorkItem item, WorkContext context) throws InterruptedException {
    try {
      AdmittedTrial offered = AdmittedTrial.offered(item.getTrainTrial(), Versions.CURRENT);
      Answer answer =
          trainer.train(
              offered,
              Tracing.of(item.getTrainTrial().getTrace()),
              Slots.Admission.WAIT,
              new Leased(context));
      if (answer instanceof Answer.Done done) {
        TrialResult result = done.result();
        return WorkOutcome.Completed.trial(
            done.reused(), result.getOutcome(), result.getHistoryCount() - 1);
      }
      return context.order() == RenewLeaseResponse.Order.ABANDON
          ? new WorkOutcome.Abandoned()
          : new WorkOutcome.Yielded();
    } catch (NotReproducedException e) {
      return WorkOutcome.Failed.refuse(
          NotReproducedException.REASON, String.valueOf(e.getMessage()));
    } catch (TakenTrialException e) {
      return WorkOutcome.Failed.taken(e.holder(), String.valueOf(e.getMessage()));
    } catch (UnusableStartException e) {
      return WorkOutcome.Failed.refuse("START_UNUSABLE", String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return WorkOutcome.Failed.refuse("MODEL_UNFIT", String.valueOf(e.getMessage()));
    }
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
