package dev.rote.metrics.queue;

import dev.rote.artifacts.ObjectStore;
import dev.rote.metrics.config.MetricsConfig;
import dev.rote.metrics.measuring.TrialMeasurer;
import dev.rote.networks.Engine;
import dev.rote.runtime.worker.QueuedWork;
import dev.rote.workqueue.MendedWork;
import dev.rote.workqueue.WorkKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The queue's work for this service: measurements. */
@ApplicationScoped
class MeasurementWorker {

  @Produces
  @Singleton
  QueuedWork measurements(
      MetricsConfig config, TrialMeasurer measurer, ObjectStore store, Engine engine) {
    return new QueuedWork(
        WorkKind.MEASUREMENTS,
        "metrics",
        config.slots(),
        config.metrics(),
        new MendedWork(new MeasurementHandler(measurer), store),
        engine::numerics);
  }
}
