package dev.rote.workqueue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.rote.v1.WorkflowEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes events to the log of the process manager, {@link WorkTopics#WORKFLOW}, keyed by the sweep
 * or the work they are about. Safe for use by several threads.
 */
public final class EventPublisher implements AutoCloseable {

  private final RecordSender sender;
  private final Clock clock;
  private final ByteString secret;

  /**
   * A publisher with a connection of its own.
   *
   * @param secret by which all that it publishes is proved; empty for no proofs
   */
  public EventPublisher(KafkaCluster kafka, Clock clock, ByteString secret) {
    this(new RecordSender(kafka), clock, secret);
  }

  EventPublisher(RecordSender sender, Clock clock, ByteString secret) {
    this.sender = sender;
    this.clock = clock;
    this.secret = secret;
  }

  /**
   * Writes an event, giving it an id (unless it has one) and the time. The future holds the event
   * as written once it is in the log; it fails with a {@code KafkaException} when that takes longer
   * than five minutes.
   */
  public CompletableFuture<WorkflowEvent> publish(WorkflowEvent.Builder event) {
    WorkflowEvent stamped = stamp(event);
    return sender.send(record(stamped, secret)).thenApply(ignored -> stamped);
  }

  /**
   * Writes an event however long it takes.
   *
   * @param proof secret that proves it; empty for none
   * @param giveUp asked every second while the event is not in the log
   * @return whether the event is in the log
   */
  public boolean deliver(WorkflowEvent.Builder event, ByteString proof, BooleanSupplier giveUp)
      throws InterruptedException {
    return sender.deliver(record(stamp(event), proof), giveUp);
  }

  private WorkflowEvent stamp(WorkflowEvent.Builder event) {
    if (event.getEventId().isEmpty()) {
      event.setEventId(UUID.randomUUID().toString());
    }
    Instant now = clock.instant();
    return event
        .setTime(Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
        .build();
  }

  private static ProducerRecord<String, byte[]> record(WorkflowEvent event, ByteString secret) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(WorkTopics.WORKFLOW, key(event), event.toByteArray());
    RecordProof.add(secret, record.value(), record.headers());
    return record;
  }

  /**
   * What an event is about: a sweep id, a work id, or {@code clock}.
   *
   * @throws IllegalArgumentException if the event is empty
   */
  static String key(WorkflowEvent event) {
    return switch (event.getEventCase()) {
      case SWEEP_SUBMITTED -> event.getSweepSubmitted().getSweepId();
      case SWEEP_CONTROL_REQUESTED -> event.getSweepControlRequested().getSweepId();
      case SWEEP_ADVANCED -> event.getSweepAdvanced().getSweepId();
      case WORK_CLAIMED -> event.getWorkClaimed().getWorkId();
      case LEASE_RENEWED -> event.getLeaseRenewed().getWorkId();
      case WORK_COMPLETED -> event.getWorkCompleted().getWorkId();
      case WORK_FAILED -> event.getWorkFailed().getWorkId();
      case WORK_YIELDED -> event.getWorkYielded().getWorkId();
      case WORKER_ANNOUNCED -> event.getWorkerAnnounced().getWorker();
      case CLOCK_TICKED -> "clock";
      case EVENT_NOT_SET ->
          throw new IllegalArgumentException("a workflow event must say what happened");
    };
  }

  @Override
  public void close() {
    sender.close();
  }
}
