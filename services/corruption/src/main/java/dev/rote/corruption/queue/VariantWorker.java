package dev.rote.corruption.queue;

import dev.rote.corruption.config.CorruptionConfig;
import dev.rote.corruption.variants.VariantMaker;
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

/** Takes variants from the queue while the service runs. */
@ApplicationScoped
class VariantWorker {
  private final CorruptionConfig config;
  private final VariantMaker maker;
  private @Nullable ManagedChannel sweeps;
  private @Nullable WorkerLoop loop;

  VariantWorker(CorruptionConfig config, VariantMaker maker) {
    this.config = config;
    this.maker = maker;
  }

  void start(@Observes StartupEvent event) throws UnknownHostException {
    if (!config.corruption().worker()) {
      return;
    }
    String worker =
        "corruption@"
            + InetAddress.getLocalHost().getHostName()
            + "/"
            + ProcessHandle.current().pid();
    ManagedChannel channel =
        ManagedChannelBuilder.forTarget(config.sweeps()).usePlaintext().build();
    sweeps = channel;
    loop =
        WorkerLoop.start(
            new WorkerSettings(
                config.kafka(),
                WorkKind.VARIANTS,
                config.corruption().slots(),
                worker,
                channel,
                config.corruption().grace()),
            new VariantHandler(maker));
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
