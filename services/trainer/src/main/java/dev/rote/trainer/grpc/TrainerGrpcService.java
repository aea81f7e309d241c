package dev.rote.trainer.grpc;

import dev.rote.grpcerrors.ApiException;
import dev.rote.grpcerrors.CheckedRequests;
import dev.rote.runtime.Slots;
import dev.rote.spec.AdmittedTrial;
import dev.rote.trainer.training.UnusableStartException;
import dev.rote.trainer.trials.ActiveTrial;
import dev.rote.trainer.trials.Answer;
import dev.rote.trainer.trials.NotReproducedException;
import dev.rote.trainer.trials.Tracing;
import dev.rote.trainer.trials.Trainer;
import dev.rote.v1.CheckpointRef;
import dev.rote.v1.ExportCheckpointRequest;
import dev.rote.v1.ExportCheckpointResponse;
import dev.rote.v1.GetTrialRequest;
import dev.rote.v1.GetTrialResponse;
import dev.rote.v1.RunTrialRequest;
import dev.rote.v1.RunTrialResponse;
import dev.rote.v1.TrainerServiceGrpc;
import dev.rote.v1.TrialResult;
import dev.rote.v1.WatchTrialRequest;
import dev.rote.v1.WatchTrialResponse;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/** {@code rote.v1.TrainerService}. */
@GrpcService
@Blocking
public class TrainerGrpcService implements BindableService, TrainerServiceGrpc.AsyncService {
  private static final Pattern TRIAL_ID = Pattern.compile("[0-9a-f]{32}");
  private static final Duration GLANCE = Duration.ofMillis(500);

  private final Trainer trainer;
  private final CheckpointExport export;
  private final CallThreads threads;

  TrainerGrpcService(Trainer trainer, CheckpointExport export, CallThreads threads) {
    this.trainer = trainer;
    this.export = export;
    this.threads = threads;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return CheckedRequests.of(TrainerServiceGrpc.bindService(this));
  }

  @Override
  public void runTrial(RunTrialRequest request, StreamObserver<RunTrialResponse> observer) {
    ServerCallStreamObserver<RunTrialResponse> client =
        (ServerCallStreamObserver<RunTrialResponse>) observer;
    AdmittedTrial trial = AdmittedTrial.admit(request.getTrial());
    client.setOnCancelHandler(() -> {});
    Tracing tracing = Tracing.of(request.getTrace());
    threads.start(client, () -> run(trial, tracing, client));
  }

  private void run(
      AdmittedTrial trial, Tracing tracing, ServerCallStreamObserver<RunTrialResponse> client)
      throws InterruptedException {
    Answer answer;
    try {
      answer =
          trainer.trainHere(
              trial, tracing, Slots.Admission.NOW, new DirectRun(client, threads::stopping));
    } catch (NotReproducedException e) {
      throw ApiException.precondition(
          NotReproducedException.REASON, e.trialId(), String.valueOf(e.getMessage()));
    } catch (UnusableStartException e) {
      throw ApiException.invalid("trial.start", String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid("trial.model", String.valueOf(e.getMessage()));
    }
    if (answer instanceof Answer.Done done) {
      client.onNext(RunTrialResponse.newBuilder().setResult(done.result()).build());
      client.onCompleted();
    } else if (!client.isCancelled()) {
      client.onError(CallThreads.stopped(null));
    }
  }

  @Override
  public void watchTrial(WatchTrialRequest request, StreamObserver<WatchTrialResponse> observer) {
    ServerCallStreamObserver<WatchTrialResponse> client =
        (ServerCallStreamObserver<WatchTrialResponse>) observer;
    String id = checkedId(request.getTrialId());
    client.setOnCancelHandler(() -> {});
    threads.start(client, () -> watch(id, client));
  }

  private void watch(String id, ServerCallStreamObserver<WatchTrialResponse> client)
      throws InterruptedException {
    Optional<ActiveTrial> active = trainer.active(id);
    if (active.isPresent() && !follow(active.get(), client)) {
      return;
    }
    client.onNext(WatchTrialResponse.newBuilder().setResult(result(id)).build());
    client.onCompleted();
  }

  /** Sends progress until the run is over; false when the client went first. */
  private boolean follow(ActiveTrial active, ServerCallStreamObserver<WatchTrialResponse> client)
      throws InterruptedException {
    long seen = -1;
    while (!client.isCancelled()) {
      if (threads.stopping()) {
        throw CallThreads.stopped(null);
      }
      ActiveTrial.View view = active.await(seen, GLANCE);
      if (view.change() > seen && client.isReady()) {
        seen = view.change();
        view.progress()
            .ifPresent(
                newest ->
                    client.onNext(WatchTrialResponse.newBuilder().setProgress(newest).build()));
      }
      if (view.ended()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void getTrial(GetTrialRequest request, StreamObserver<GetTrialResponse> client) {
    TrialResult result = result(checkedId(request.getTrialId()));
    client.onNext(GetTrialResponse.newBuilder().setResult(result).build());
    client.onCompleted();
  }

  @Override
  public void exportCheckpoint(
      ExportCheckpointRequest request, StreamObserver<ExportCheckpointResponse> observer) {
    ServerCallStreamObserver<ExportCheckpointResponse> client =
        (ServerCallStreamObserver<ExportCheckpointResponse>) observer;
    String id = checkedId(request.getTrialId());
    CheckpointExport.Writing writing = export.writing(request);
    int epoch = request.hasEpoch() ? request.getEpoch() : lastEpoch(id);
    if (epoch < 0) {
      throw ApiException.invalid(
          "epoch", "must be in [0, 1000000], was " + Integer.toUnsignedString(epoch));
    }
    Semaphore ready = new Semaphore(0);
    client.setOnReadyHandler(ready::release);
    client.setOnCancelHandler(ready::release);
    threads.start(client, () -> export.send(id, epoch, writing, client, ready));
  }

  private int lastEpoch(String id) {
    return result(id).getCheckpointsList().stream()
        .mapToInt(CheckpointRef::getEpoch)
        .max()
        .orElseThrow(
            () -> ApiException.notFound("checkpoint", id, "trial " + id + " has no checkpoints"));
  }

  private TrialResult result(String id) {
    return trainer
        .result(id)
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "trial", id, "trial " + id + " has no stored result and is not running here"));
  }

  private static String checkedId(String id) {
    if (!TRIAL_ID.matcher(id).matches()) {
      throw ApiException.invalid("trial_id", "must be 32 hexadecimal digits, was '" + id + "'");
    }
    return id;
  }
}
