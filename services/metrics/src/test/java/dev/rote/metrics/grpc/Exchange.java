package dev.rote.metrics.grpc;

import dev.rote.v1.FindCriticalSamplesRequest;
import dev.rote.v1.FindCriticalSamplesResponse;
import dev.rote.v1.MetricsServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client of {@code FindCriticalSamples} that takes one answer at a time. */
final class Exchange
    implements AutoCloseable,
        ClientResponseObserver<FindCriticalSamplesRequest, FindCriticalSamplesResponse> {
  private static final long PATIENCE_SECONDS = 20;

  private final LinkedBlockingQueue<Optional<FindCriticalSamplesResponse>> answers =
      new LinkedBlockingQueue<>();
  private final CompletableFuture<ClientCallStreamObserver<FindCriticalSamplesRequest>> server =
      new CompletableFuture<>();
  private final CompletableFuture<Boolean> end = new CompletableFuture<>();

  static Exchange open(ManagedChannel channel) {
    Exchange exchange = new Exchange();
    var unused = MetricsServiceGrpc.newStub(channel).findCriticalSamples(exchange);
    exchange.server.join().request(1);
    return exchange;
  }

  static List<FindCriticalSamplesResponse> run(
      ManagedChannel channel, List<FindCriticalSamplesRequest> messages) {
    List<FindCriticalSamplesResponse> all = new ArrayList<>();
    try (Exchange exchange = open(channel)) {
      messages.forEach(exchange::send);
      exchange.server.join().onCompleted();
      for (Optional<FindCriticalSamplesResponse> answer = exchange.take();
          answer.isPresent();
          answer = exchange.take()) {
        all.add(answer.get());
      }
      exchange.awaitEnd();
    }
    return all;
  }

  /** Sends all at once, reads one by one; the number of samples answered. */
  static long runSlowly(
      ManagedChannel channel,
      FindCriticalSamplesRequest header,
      FindCriticalSamplesRequest block,
      int blocks) {
    long samples = 0;
    try (Exchange exchange = open(channel)) {
      exchange.send(header);
      for (int i = 0; i < blocks; i++) {
        exchange.send(block);
      }
      exchange.server.join().onCompleted();
      for (int i = 0; i < blocks; i++) {
        samples += exchange.next().getSamplesCount();
      }
      exchange.take();
      exchange.awaitEnd();
    }
    return samples;
  }

  void send(FindCriticalSamplesRequest message) {
    server.join().onNext(message);
  }

  FindCriticalSamplesResponse next() {
    return take().orElseThrow();
  }

  private Optional<FindCriticalSamplesResponse> take() {
    try {
      Optional<FindCriticalSamplesResponse> answer =
          answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (answer == null) {
        throw new IllegalStateException("no answer in " + PATIENCE_SECONDS + " s");
      }
      if (answer.isPresent()) {
        server.join().request(1);
      }
      return answer;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for the end, and throws what it came by if it was a failure. */
  void awaitEnd() {
    try {
      end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<FindCriticalSamplesRequest> call) {
    call.disableAutoRequestWithInitial(0);
    server.complete(call);
  }

  @Override
  public void onNext(FindCriticalSamplesResponse answer) {
    answers.add(Optional.of(answer));
  }

  @Override
  public void onError(Throwable failure) {
    end.completeExceptionally(failure);
    answers.add(Optional.empty());
  }

  @Override
  public void onCompleted() {
    end.complete(true);
    answers.add(Optional.empty());
  }

  @Override
  public void close() {
    server.join().cancel("done", null);
  }
}
