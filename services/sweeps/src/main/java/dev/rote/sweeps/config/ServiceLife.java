package dev.rote.sweeps.config;

import dev.rote.access.OwnKey;
import dev.rote.access.grpc.Tls;
import dev.rote.runtime.ServiceConfig;
import dev.rote.runtime.worker.QueuedWork;
import dev.rote.sweeps.doors.kafka.ConfigDoor;
import dev.rote.sweeps.kafka.WorkflowEngine;
import dev.rote.sweeps.report.ReportHandler;
import dev.rote.workqueue.KafkaCluster;
import dev.rote.workqueue.WorkKind;
import dev.rote.workqueue.WorkerHealth;
import dev.rote.workqueue.WorkerLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** Starts and stops what runs by itself: the workflow, the config door and the report worker. */
@ApplicationScoped
class ServiceLife {
  private final ServiceConfig service;
  private final KafkaCluster kafka;
  private final SweepsConfig config;
  private final WorkflowEngine engine;
  private final ConfigDoor configDoor;
  private final ReportHandler reports;
  private final WorkerHealth health;
  private final OwnDoor door;
  private final Tls tls;
  private @Nullable WorkerLoop loop;

  ServiceLife(
      ServiceConfig service,
      KafkaCluster kafka,
      SweepsConfig config,
      WorkflowEngine engine,
      ConfigDoor configDoor,
      ReportHandler reports,
      WorkerHealth health,
      OwnDoor door,
      Tls tls) {
    this.service = service;
    this.kafka = kafka;
    this.config = config;
    this.engine = engine;
    this.configDoor = configDoor;
    this.reports = reports;
    this.health = health;
    this.door = door;
    this.tls = tls;
  }

  void start(@Observes StartupEvent event) {
    engine.start();
    configDoor.start();
    if (config.reports().worker()) {
      // Also the report worker, though it lives here, gets its work as all others do.
      loop =
          WorkerLoop.start(
              new QueuedWork(
                      WorkKind.REPORTS,
                      "sweeps",
                      config.reports().slots(),
                      config.reports(),
                      reports)
                  .settings(kafka, door.address())
                  .withKey(OwnKey.of(service.token(), service.tokenFile()))
                  .withTls(tls),
              reports,
              health);
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
