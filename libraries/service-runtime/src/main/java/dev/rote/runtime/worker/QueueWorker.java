package dev.rote.runtime.worker;

import dev.rote.access.OwnKey;
import dev.rote.access.grpc.Tls;
import dev.rote.runtime.ServiceConfig;
import dev.rote.workqueue.KafkaCluster;
import dev.rote.workqueue.WorkerHealth;
import dev.rote.workqueue.WorkerLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** Takes work from the queue while the service runs. */
@ApplicationScoped
class QueueWorker {
  private final ServiceConfig config;
  private final KafkaCluster kafka;
  private final QueuedWork work;
  private final WorkerHealth health;
  private final Tls tls;
  private @Nullable WorkerLoop loop;

  QueueWorker(
      ServiceConfig config, KafkaCluster kafka, QueuedWork work, WorkerHealth health, Tls tls) {
    this.config = config;
    this.kafka = kafka;
    this.work = work;
    this.health = health;
    this.tls = tls;
  }

  void start(@Observes StartupEvent event) {
    if (work.config().worker()) {
      loop =
          WorkerLoop.start(
              work.settings(kafka, config.sweeps())
                  .withKey(OwnKey.of(config.token(), config.tokenFile()))
                  .withTls(tls),
              work.handler(),
              health);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (loop != null) {
      loop.close();
    }
  }
}
