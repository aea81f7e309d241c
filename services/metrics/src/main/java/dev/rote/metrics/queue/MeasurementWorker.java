package dev.rote.metrics.queue;

import dev.rote.metrics.config.MetricsConfig;
import dev.rote.metrics.measuring.TrialMeasurer;
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

/** Takes measurements from the queue while the service runs. */
@ApplicationScoped
class MeasurementWorker {
  private final MetricsConfig config;
  private final TrialMeasurer measurer;
  private @Nullable ManagedChannel sweeps;
  private @Nullable WorkerLoop loop;

  MeasurementWorker(MetricsConfig config, TrialMeasurer measurer) {
    this.config = config;
    this.measurer = measurer;
  }

  void start(@Observes StartupEvent event) throws UnknownHostException {
    if (!config.metrics().worker()) {
      return;
    }
    String worker =
        "metrics@" + InetAddress.getLocalHost().getHostName() + "/" + ProcessHandle.current().pid();
    ManagedChannel channel =
        ManagedChannelBuilder.forTarget(config.sweeps()).usePlaintext().build();
    sweeps = channel;
    loop =
        WorkerLoop.start(
            new WorkerSettings(
                config.kafka(),
                WorkKind.MEASUREMENTS,
                config.slots(),
                worker,
                channel,
                config.metrics().grace()),
            new MeasurementHandler(measurer));
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
