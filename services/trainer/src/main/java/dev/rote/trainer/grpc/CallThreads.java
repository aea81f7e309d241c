package dev.rote.trainer.grpc;

import dev.rote.grpcerrors.ApiException;
import io.grpc.stub.ServerCallStreamObserver;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Streaming calls, each on a thread of its own, so that gRPC's events reach a call while it works.
 */
@Singleton
class CallThreads {
  private final ExecutorService threads =
      Executors.newCachedThreadPool(task -> new Thread(task, "rote-trainer-call"));
  private volatile boolean stopping;

  /** The work of a call. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  /** Starts the work of a call and returns; failures go to the client. */
  void start(ServerCallStreamObserver<?> client, Work work) {
    try {
      threads.execute(() -> run(client, work));
    } catch (RejectedExecutionException e) {
      throw stopped(e);
    }
  }

  private void run(ServerCallStreamObserver<?> client, Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      client.onError(stopped(e));
    } catch (RuntimeException e) {
      if (!client.isCancelled()) {
        client.onError(e);
      }
    }
  }

  static ApiException stopped(@Nullable Throwable cause) {
    return ApiException.unavailable("the service is stopping", cause);
  }

  /** Whether calls must come to an end. */
  boolean stopping() {
    return stopping;
  }

  @PreDestroy
  void stop() {
    stopping = true;
    threads.shutdown();
  }
}
