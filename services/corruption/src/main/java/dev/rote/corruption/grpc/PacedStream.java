package dev.rote.corruption.grpc;

import dev.rote.grpcerrors.ApiException;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends messages no faster than the client takes them in: the next one is made only once the
 * transport has room, so that a slow client costs one message of memory.
 */
final class PacedStream<T> {
  private final ServerCallStreamObserver<T> client;
  private final Duration patience;
  private final Semaphore signals = new Semaphore(0);

  /** Must be made before the call's method returns, as handlers cannot be set later. */
  PacedStream(ServerCallStreamObserver<T> client, Duration patience) {
    this.client = client;
    this.patience = patience;
    client.setOnReadyHandler(signals::release);
    client.setOnCancelHandler(signals::release);
  }

  /** Sends all messages; blocks until the last one is handed over or the client is gone. */
  void send(Iterator<T> messages) throws InterruptedException {
    while (awaitRoom()) {
      if (!messages.hasNext()) {
        client.onCompleted();
        return;
      }
      client.onNext(messages.next());
    }
  }

  /** Whether there is still a client. */
  private boolean awaitRoom() throws InterruptedException {
    while (!client.isCancelled()) {
      if (client.isReady()) {
        return true;
      }
      if (!signals.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw ApiException.exhausted(
            "the stream was left unread for " + patience, Duration.ofSeconds(1));
      }
      signals.drainPermits();
    }
    return false;
  }
}
