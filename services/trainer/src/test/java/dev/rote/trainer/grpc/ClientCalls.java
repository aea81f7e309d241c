package dev.rote.trainer.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.v1.RunTrialRequest;
import dev.rote.v1.RunTrialResponse;
import dev.rote.v1.TrainerServiceGrpc;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.WatchTrialRequest;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Calls under way, to be cancelled together. */
final class ClientCalls {
  private static final long PATIENCE_SECONDS = 30;

  private final ManagedChannel channel;
  private final Context.CancellableContext context = Context.current().withCancellation();
  private final BlockingQueue<Status> ended = new LinkedBlockingQueue<>();

  ClientCalls(ManagedChannel channel) {
    this.channel = channel;
  }

  /** Starts a trial and waits for its first progress. */
  void run(TrialSpec spec) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    StreamObserver<RunTrialResponse> observer =
        new Ending<>() {
          @Override
          public void onNext(RunTrialResponse response) {
            begun.countDown();
          }
        };
    context.run(
        () ->
            TrainerServiceGrpc.newStub(channel)
                .runTrial(RunTrialRequest.newBuilder().setTrial(spec).build(), observer));
    assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  void watch(String trialId) {
    context.run(
        () ->
            TrainerServiceGrpc.newStub(channel)
                .watchTrial(
                    WatchTrialRequest.newBuilder().setTrialId(trialId).build(), new Ending<>()));
  }

  /** The statuses of so many calls that have ended, at least. */
  List<Status> awaitRefused(int count) throws InterruptedException {
    List<Status> refused = new ArrayList<>();
    while (refused.size() < count) {
      Status status = ended.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(status).as("call %s that is refused", refused.size()).isNotNull();
      refused.add(status);
    }
    return refused;
  }

  void cancel() {
    context.cancel(null);
  }

  private class Ending<T> implements StreamObserver<T> {
    @Override
    public void onNext(T response) {}

    @Override
    public void onError(Throwable failure) {
      ended.add(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
      ended.add(Status.OK);
    }
  }
}
