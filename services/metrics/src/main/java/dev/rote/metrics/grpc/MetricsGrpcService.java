package dev.rote.metrics.grpc;

import dev.rote.grpcerrors.CheckedRequests;
import dev.rote.metrics.config.MetricsConfig;
import dev.rote.metrics.measuring.TrialMeasurer;
import dev.rote.metrics.storage.StoredNetworks;
import dev.rote.metrics.storage.StoredTrials;
import dev.rote.runtime.Slots;
import dev.rote.spec.AdmittedMeasurement;
import dev.rote.spec.TrialId;
import dev.rote.v1.FindCriticalSamplesRequest;
import dev.rote.v1.FindCriticalSamplesResponse;
import dev.rote.v1.MeasureTrialRequest;
import dev.rote.v1.MeasureTrialResponse;
import dev.rote.v1.Measurement;
import dev.rote.v1.MetricsServiceGrpc;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** {@code rote.v1.MetricsService}. */
@GrpcService
@Blocking
public class MetricsGrpcService implements BindableService, MetricsServiceGrpc.AsyncService {
  private final StoredTrials trials;
  private final StoredNetworks networks;
  private final TrialMeasurer measurer;
  private final Slots slots;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "rote-metrics-patience");
            thread.setDaemon(true);
            return thread;
          });
  private final CriticalSampleStream.Patience patience;

  MetricsGrpcService(
      StoredTrials trials, StoredNetworks networks, TrialMeasurer measurer, MetricsConfig config) {
    this.trials = trials;
    this.networks = networks;
    this.measurer = measurer;
    this.slots = new Slots(config.slots(), "rote.metrics.slots", Duration.ofSeconds(1));
    this.patience = new CriticalSampleStream.Patience(config.metrics().streamPatience(), clock);
  }

  @PreDestroy
  void stop() {
    clock.shutdownNow();
  }

  @Override
  public ServerServiceDefinition bindService() {
    return CheckedRequests.of(MetricsServiceGrpc.bindService(this));
  }

  @Override
  public void measureTrial(
      MeasureTrialRequest request, StreamObserver<MeasureTrialResponse> client) {
    Measurement measurement;
    try {
      measurement = measure(request);
    } catch (RuntimeException e) {
      client.onError(ErrorTranslation.translate(e));
      return;
    }
    client.onNext(MeasureTrialResponse.newBuilder().setMeasurement(measurement).build());
    client.onCompleted();
  }

  private Measurement measure(MeasureTrialRequest request) {
    Requests.checkTrialId("trial_id", request.getTrialId());
    AdmittedMeasurement admitted =
        AdmittedMeasurement.admit(new TrialId(request.getTrialId()), request.getMeasurement());
    Context context = Context.current();
    slots.acquire();
    try {
      return measurer
          .measureAny(
              admitted,
              () -> {
                if (context.isCancelled()) {
                  throw new CancellationException("the client has gone");
                }
              })
          .measurement();
    } finally {
      slots.release();
    }
  }

  @Override
  public StreamObserver<FindCriticalSamplesRequest> findCriticalSamples(
      StreamObserver<FindCriticalSamplesResponse> client) {
    return CriticalSampleStream.open(
        trials,
        networks,
        slots,
        patience,
        (ServerCallStreamObserver<FindCriticalSamplesResponse>) client);
  }
}
