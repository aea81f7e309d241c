package dev.rote.runtime.worker;

import dev.rote.workqueue.WorkerHealth;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Registers what the worker tells of itself with the service's health and meters. */
@ApplicationScoped
class WorkerHealthBeans {

  @Produces
  @Singleton
  WorkerHealth health() {
    return new WorkerHealth();
  }

  @Produces
  @Singleton
  @Liveness
  HealthCheck liveness(WorkerHealth health) {
    return health.liveness();
  }

  @Produces
  @Singleton
  @Readiness
  HealthCheck readiness(WorkerHealth health) {
    return health.readiness();
  }

  @Produces
  @Singleton
  @Readiness
  HealthCheck progress(WorkerHealth health) {
    return health.progress();
  }

  @Produces
  @Singleton
  MeterBinder meters(WorkerHealth health) {
    return health.meters();
  }
}
