package dev.rote.trainer.queue;

import dev.rote.artifacts.ObjectStore;
import dev.rote.networks.Engine;
import dev.rote.runtime.worker.QueuedWork;
import dev.rote.trainer.config.TrainerConfig;
import dev.rote.trainer.trials.Trainer;
import dev.rote.workqueue.MendedWork;
import dev.rote.workqueue.WorkKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The queue's work for this service: trials. */
@ApplicationScoped
class TrialWorker {

  @Produces
  @Singleton
  QueuedWork trials(TrainerConfig config, Trainer trainer, ObjectStore store, Engine engine) {
    return new QueuedWork(
        WorkKind.TRIALS,
        "trainer",
        config.slots(),
        config.trainer(),
        new MendedWork(new TrialHandler(trainer), store),
        engine::numerics);
  }
}
