package dev.rote.trainer.queue;

import dev.rote.runtime.worker.QueuedWork;
import dev.rote.trainer.config.TrainerConfig;
import dev.rote.trainer.trials.Trainer;
import dev.rote.workqueue.WorkKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The queue's work for this service: trials. */
@ApplicationScoped
class TrialWorker {

  @Produces
  @Singleton
  QueuedWork trials(TrainerConfig config, Trainer trainer) {
    return new QueuedWork(
        WorkKind.TRIALS, "trainer", config.slots(), config.trainer(), new TrialHandler(trainer));
  }
}
