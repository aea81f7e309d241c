package dev.rote.workqueue;

import com.google.protobuf.ByteString;
import dev.rote.v1.RenewLeaseRequest;
import dev.rote.v1.WorkCompleted;
import dev.rote.v1.WorkFailed;
import dev.rote.v1.WorkFailed.Remedy;
import dev.rote.v1.WorkYielded;
import dev.rote.v1.WorkflowEvent;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Tells the process manager how work ended. */
final class Reports {

  private static final int LONGEST_MESSAGE = 2000;

  /** Where events are written however long it takes, proved by a secret where there is one. */
  @FunctionalInterface
  interface Log {
    boolean deliver(WorkflowEvent.Builder event, ByteString proof, BooleanSupplier giveUp)
        throws InterruptedException;
  }

  private final Log events;
  private final String worker;

  Reports(Log events, String worker) {
    this.events = events;
    this.worker = worker;
  }

  /** Writes the report of an attempt, unless there is nothing to say or the lease is lost. */
  void report(RenewLeaseRequest attempt, WorkOutcome outcome, BooleanSupplier lost)
      throws InterruptedException {
    Optional<WorkflowEvent.Builder> event = event(attempt, outcome);
    if (event.isPresent() && !lost.getAsBoolean()) {
      events.deliver(event.get(), attempt.getLeaseSecret(), lost);
    }
  }

  private Optional<WorkflowEvent.Builder> event(RenewLeaseRequest attempt, WorkOutcome outcome) {
    WorkflowEvent.Builder event = WorkflowEvent.newBuilder();
    if (outcome instanceof WorkOutcome.Completed completed) {
      event.setWorkCompleted(
          WorkCompleted.newBuilder()
              .setWorkId(attempt.getWorkId())
              .setAttempt(attempt.getAttempt())
              .setWorker(worker)
              .setReused(completed.reused())
              .setOutcome(completed.outcome())
              .setEpochs(completed.epochs())
              .setVerdicts(completed.verdicts())
              .setLook(completed.look()));
    } else if (outcome instanceof WorkOutcome.Failed failed) {
      event.setWorkFailed(
          WorkFailed.newBuilder()
              .setWorkId(attempt.getWorkId())
              .setAttempt(attempt.getAttempt())
              .setWorker(worker)
              .setReason(failed.reason())
              .setMessage(shortened(failed.message()))
              .setRetryable(failed.remedy() != Remedy.REFUSE)
              .setRemedy(failed.remedy())
              .addAllMissing(failed.missing())
              .setNumerics(failed.numerics()));
    } else if (outcome instanceof WorkOutcome.Yielded) {
      event.setWorkYielded(
          WorkYielded.newBuilder()
              .setWorkId(attempt.getWorkId())
              .setAttempt(attempt.getAttempt())
              .setWorker(worker));
    } else {
      return Optional.empty();
    }
    return Optional.of(event);
  }

  private static String shortened(String message) {
    if (message.length() <= LONGEST_MESSAGE) {
      return message;
    }
    boolean splitsPair = Character.isHighSurrogate(message.charAt(LONGEST_MESSAGE - 1));
    return message.substring(0, splitsPair ? LONGEST_MESSAGE - 1 : LONGEST_MESSAGE);
  }
}
