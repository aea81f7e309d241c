package dev.rote.corruption.queue;

import dev.rote.corruption.config.CorruptionConfig;
import dev.rote.corruption.variants.VariantMaker;
import dev.rote.workqueue.WorkKind;
import dev.rote.workqueue.WorkerHealth;
import dev.rote.workqueue.WorkerLoop;
import dev.rote.workqueue.WorkerSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** Takes variants from the queue while the service runs. */
@ApplicationScoped
class VariantWorker {
  private final CorruptionConfig config;
  private final VariantMaker maker;
  private final WorkerHealth health;
  private @Nullable WorkerLoop loop;

  VariantWorker(CorruptionConfig config, VariantMaker maker, WorkerHealth health) {
    this.config = config;
    this.maker = maker;
    this.health = health;
  }

  void start(@Observes StartupEvent event) {
    if (config.corruption().worker()) {
      loop =
          WorkerLoop.start(
              new WorkerSettings(
                  config.kafka(),
                  config.sweeps(),
                  WorkKind.VARIANTS,
                  "corruption",
                  config.corruption().slots(),
                  config.corruption().grace()),
              new VariantHandler(maker),
              health);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (loop != null) {
      loop.close();
    }
  }
}
