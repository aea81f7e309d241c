package dev.rote.trainer.queue;

import dev.rote.trainer.config.TrainerConfig;
import dev.rote.trainer.trials.Trainer;
import dev.rote.workqueue.WorkKind;
import dev.rote.workqueue.WorkerLoop;
import dev.rote.workqueue.WorkerSettings;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Takes trials from the queue while the service runs. */
@ApplicationScoped
class TrialWorker {
  private final TrainerConfig config;
  private final Trainer trainer;
  private @Nullable ManagedChannel sweeps;
  private @Nullable WorkerLoop loop;

  TrialWorker(TrainerConfig config, Trainer trainer) {
    this.config = config;
    this.trainer = trainer;
  }

  void start(@Observes StartupEvent event) throws UnknownHostException {
    if (!config.trainer().worker()) {
      return;
    }
    String worker =
        "trainer@" + InetAddress.getLocalHost().getHostName() + "/" + ProcessHandle.current().pid();
    ManagedChannel channel =
        ManagedChannelBuilder.forTarget(config.sweeps()).usePlaintext().build();
    sweeps = channel;
    loop =
        WorkerLoop.start(
            new WorkerSettings(
                config.kafka(),
                WorkKind.TRIALS,
                config.slots(),
                worker,
                channel,
                config.trainer().grace()),
            new TrialHandler(trainer));
  }

  void stop(@Observes ShutdownEvent event) {
    if (loop != null) {
      loop.close();
    }
    if (sweeps != null) {
      sweeps.shutdownNow();
    }
  }
}
