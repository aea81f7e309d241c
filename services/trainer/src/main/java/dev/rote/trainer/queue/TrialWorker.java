package dev.rote.trainer.queue;

import dev.rote.trainer.config.TrainerConfig;
import dev.rote.trainer.trials.Trainer;
import dev.rote.workqueue.WorkKind;
import dev.rote.workqueue.WorkerHealth;
import dev.rote.workqueue.WorkerLoop;
import dev.rote.workqueue.WorkerSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** Takes trials from the queue while the service runs. */
@ApplicationScoped
class TrialWorker {
  private final TrainerConfig config;
  private final Trainer trainer;
  private final WorkerHealth health;
  private @Nullable WorkerLoop loop;

  TrialWorker(TrainerConfig config, Trainer trainer, WorkerHealth health) {
    this.config = config;
    this.trainer = trainer;
    this.health = health;
  }

  void start(@Observes StartupEvent event) {
    if (config.trainer().worker()) {
      loop =
          WorkerLoop.start(
              new WorkerSettings(
                  config.kafka(),
                  config.sweeps(),
                  WorkKind.TRIALS,
                  "trainer",
                  config.slots(),
                  config.trainer().grace()),
              new TrialHandler(trainer),
              health);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (loop != null) {
      loop.close();
    }
  }
}
