package dev.rote.trainer.grpc;

import dev.rote.grpcerrors.ApiException;
import dev.rote.trainer.config.TrainerConfig;
import io.grpc.stub.ServerCallStreamObserver;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Streaming calls, each on a thread of its own, so that gRPC's events reach a call while it works.
 */
@Singleton
class CallThreads {
  private final ExecutorService threads =
      Executors.newCachedThreadPool(task -> new Thread(task, "rote-trainer-call"));
  private final Duration grace;
  private volatile boolean stopping;

  CallThreads(TrainerConfig config) {
    this.grace = config.trainer().grace();
  }

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

  /** Before any bean that a call works with is gone. */
  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping = true;
    threads.shutdown();
    if (!threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      threads.shutdownNow();
    }
  }
}
