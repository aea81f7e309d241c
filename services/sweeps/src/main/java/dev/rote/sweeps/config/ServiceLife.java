package dev.rote.sweeps.config;

import dev.rote.sweeps.doors.ConfigDoor;
import dev.rote.sweeps.kafka.WorkflowEngine;
import dev.rote.sweeps.report.ReportHandler;
import dev.rote.workqueue.WorkKind;
import dev.rote.workqueue.WorkerLoop;
import dev.rote.workqueue.WorkerSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Starts and stops what runs by itself: the workflow, the config door and the report worker. */
@ApplicationScoped
class ServiceLife {
  private final SweepsConfig config;
  private final WorkflowEngine engine;
  private final ConfigDoor configDoor;
  private final ReportHandler reports;
  private final int grpcPort;
  private @Nullable WorkerLoop loop;

  ServiceLife(
      SweepsConfig config,
      WorkflowEngine engine,
      ConfigDoor configDoor,
      ReportHandler reports,
      @ConfigProperty(name = "quarkus.grpc.server.port") int grpcPort) {
    this.config = config;
    this.engine = engine;
    this.configDoor = configDoor;
    this.reports = reports;
    this.grpcPort = grpcPort;
  }

  void start(@Observes StartupEvent event) {
    engine.start();
    configDoor.start();
    if (config.reports().worker()) {
      // Also the report worker, though it lives here, gets its work as all others do.
      loop =
          WorkerLoop.start(
              new WorkerSettings(
                  config.kafka(),
                  "localhost:" + grpcPort,
                  WorkKind.REPORTS,
                  "sweeps",
                  config.reports().slots(),
                  config.reports().grace()),
              reports);
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    if (loop != null) {
      loop.close();
    }
    configDoor.stop();
    engine.close();
  }
}
