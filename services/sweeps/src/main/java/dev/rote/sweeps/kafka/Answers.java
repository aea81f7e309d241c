package dev.rote.sweeps.kafka;

import dev.rote.sweeps.workflow.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Callers that wait for the decision on an event, by event id. A decision may be told before its
 * transaction is committed: after an abort the same log leads to the same decision.
 */
final class Answers {
  private final Map<String, CompletableFuture<Answer>> waiting = new ConcurrentHashMap<>();

  /** Waits for the decision on an event that is about to be written. */
  CompletableFuture<Answer> expect(String eventId, Duration patience) {
    CompletableFuture<Answer> future =
        waiting.computeIfAbsent(
            eventId,
            id ->
                new CompletableFuture<Answer>()
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS));
    return future.whenComplete((answer, failure) -> waiting.remove(eventId, future));
  }

  void tell(String eventId, Answer answer) {
    CompletableFuture<Answer> future = waiting.get(eventId);
    if (future != null) {
      future.complete(answer);
    }
  }

  void fail(String eventId, RuntimeException failure) {
    CompletableFuture<Answer> future = waiting.get(eventId);
    if (future != null) {
      future.completeExceptionally(failure);
    }
  }
}
