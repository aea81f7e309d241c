package dev.rote.trainer.grpc;

import dev.rote.artifacts.HostTrouble;
import dev.rote.grpcerrors.ApiException;
import dev.rote.runtime.Slots;
import dev.rote.trainer.config.TrainerConfig;
import dev.rote.workqueue.OutOfMemory;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Streaming calls, each on a thread of its own, so that gRPC's events reach a call while it works.
 */
@Singleton
class CallThreads {
  private static final int IDLE_SECONDS = 30;

  private final ExecutorService threads;
  private final Slots slots;
  private final Duration grace;
  private volatile boolean stopping;

  CallThreads(TrainerConfig config) {
    this.grace = config.trainer().grace();
    int calls = config.trainer().calls();
    this.slots = new Slots(calls, "rote.trainer.calls", Duration.ofSeconds(5));
    this.threads =
        new ThreadPoolExecutor(
            0,
            calls,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> new Thread(task, "rote-trainer-call"));
  }

  /** The work of a call. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  /**
   * Starts the work of a call and returns; failures go to the client. Calls that the work makes end
   * with the client's deadline.
   *
   * @throws ApiException {@code RESOURCE_EXHAUSTED} when too many are under way
   */
  void start(ServerCallStreamObserver<?> client, Work work) {
    try {
      threads.execute(Context.current().wrap(() -> run(client, work)));
    } catch (RejectedExecutionException e) {
      throw stopping ? stopped(e) : slots.full();
    }
  }

  private void run(ServerCallStreamObserver<?> client, Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      client.onError(stopped(e));
    } catch (RuntimeException | Error e) {
      if (HostTrouble.of(e).isEmpty()) {
        OutOfMemory.endsTheProcess(e);
      }
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
