package dev.rote.sweeps.config;

import dev.rote.sweeps.kafka.WorkflowEngine;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when decisions are made. */
@Readiness
class WorkflowReadiness implements HealthCheck {
  private final WorkflowEngine engine;

  WorkflowReadiness(WorkflowEngine engine) {
    this.engine = engine;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("workflow")
        .status(engine.running())
        .withData("state", engine.state())
        .build();
  }
}
