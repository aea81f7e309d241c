package dev.rote.metrics.queue;

import dev.rote.metrics.config.MetricsConfig;
import dev.rote.metrics.measuring.TrialMeasurer;
import dev.rote.workqueue.WorkKind;
import dev.rote.workqueue.WorkerHealth;
import dev.rote.workqueue.WorkerLoop;
import dev.rote.workqueue.WorkerSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** Takes measurements from the queue while the service runs. */
@ApplicationScoped
class MeasurementWorker {
  private final MetricsConfig config;
  private final TrialMeasurer measurer;
  private final WorkerHealth health;
  private @Nullable WorkerLoop loop;

  MeasurementWorker(MetricsConfig config, TrialMeasurer measurer, WorkerHealth health) {
    this.config = config;
    this.measurer = measurer;
    this.health = health;
  }

  void start(@Observes StartupEvent event) {
    if (config.metrics().worker()) {
      loop =
          WorkerLoop.start(
              new WorkerSettings(
                  config.kafka(),
                  config.sweeps(),
                  WorkKind.MEASUREMENTS,
                  "metrics",
                  config.slots(),
                  config.metrics().grace()),
              new MeasurementHandler(measurer),
              health);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (loop != null) {
      loop.close();
    }
  }
}
