package dev.rote.sweeps.kafka;

import dev.rote.grpcerrors.ApiException;
import dev.rote.sweeps.workflow.Answer;
import dev.rote.v1.WorkflowEvent;
import dev.rote.workqueue.EventPublisher;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Writes events to the log and waits for the decisions on them. Safe for use by several threads.
 */
public final class WorkflowLog implements AutoCloseable {
  private final EventPublisher publisher;
  private final Answers answers;
  private final Duration patience;

  WorkflowLog(EventPublisher publisher, Answers answers, Duration patience) {
    this.publisher = publisher;
    this.answers = answers;
    this.patience = patience;
  }

  /** Writes an event under an id of its own, and waits for the decision. */
  public Answer ask(WorkflowEvent.Builder event) {
    return ask(event, UUID.randomUUID().toString());
  }

  /**
   * Writes an event, and waits for the decision.
   *
   * @param eventId the same for a repetition of the same call
   * @throws ApiException UNAVAILABLE when there is no decision in time; the event may still be
   *     decided later
   */
  public Answer ask(WorkflowEvent.Builder event, String eventId) {
    try {
      return decision(event, eventId).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.unavailable("the service is stopping", e);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    }
  }

  /**
   * Writes an event, and tells of the decision, on the thread that decides: a callback must not
   * wait.
   *
   * @param eventId the same for a repetition of the same call
   */
  public void tell(WorkflowEvent.Builder event, String eventId, Listener listener) {
    var unused =
        decision(event, eventId)
            .whenComplete(
                (answer, thrown) -> {
                  if (thrown == null) {
                    listener.decided(answer);
                  } else {
                    listener.failed(failure(thrown));
                  }
                });
  }

  /** Told of a decision. */
  public interface Listener {

    void decided(Answer answer);

    /** There is no decision in time; the event may still be decided later. */
    void failed(RuntimeException failure);
  }

  private CompletableFuture<Answer> decision(WorkflowEvent.Builder event, String eventId) {
    CompletableFuture<Answer> answer = answers.expect(eventId, patience);
    // The log may not take the event for a while; the answer's own patience covers both.
    var unused =
        publisher
            .publish(event.setEventId(eventId))
            .whenComplete(
                (written, thrown) -> {
                  if (thrown != null) {
                    answer.completeExceptionally(thrown);
                  }
                });
    return answer;
  }

  private RuntimeException failure(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof TimeoutException) {
      return ApiException.unavailable(
          "no decision within " + patience.toSeconds() + " s: Kafka or the workflow lags", cause);
    }
    if (cause instanceof org.apache.kafka.common.KafkaException) {
      return ApiException.unavailable("Kafka does not answer: " + cause.getMessage(), cause);
    }
    return new IllegalStateException("the event could not be decided", cause);
  }

  /** Writes an event under an id of its own; completes with the decision, or fails without one. */
  CompletableFuture<Answer> decided(WorkflowEvent.Builder event) {
    return decision(event, UUID.randomUUID().toString());
  }

  @Override
  public void close() {
    publisher.close();
  }
}
