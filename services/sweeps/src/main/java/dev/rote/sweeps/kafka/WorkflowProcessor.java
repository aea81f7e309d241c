package dev.rote.sweeps.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import dev.rote.spec.VisibleText;
import dev.rote.sweeps.workflow.Command;
import dev.rote.sweeps.workflow.Decider;
import dev.rote.sweeps.workflow.Decision;
import dev.rote.sweeps.workflow.StateReader;
import dev.rote.sweeps.workflow.Undecided;
import dev.rote.v1.SweepAdvanced;
import dev.rote.v1.SweepEvent;
import dev.rote.v1.WorkItem;
import dev.rote.v1.WorkflowEvent;
import dev.rote.workqueue.WorkKind;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has each event of the log decided, and carries the decision out. */
final class WorkflowProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Logger log = LoggerFactory.getLogger(WorkflowProcessor.class);

  private final Decider decider;
  private final Answers answers;
  private final Proofs proofs;
  private final Moments moments;
  private @Nullable ProcessorContext<byte[], byte[]> context;
  private @Nullable KeyValueStore<String, byte[]> store;

  WorkflowProcessor(Decider decider, Answers answers, Proofs proofs, Moments moments) {
    this.decider = decider;
    this.answers = answers;
    this.proofs = proofs;
    this.moments = moments;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    this.store = context.getStateStore(WorkflowTopology.STORE);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    parse(record)
        .filter(event -> isProven(event, record))
        .ifPresent(event -> process(stamped(event, record.timestamp()), record.timestamp()));
  }

  /* The broker's time, which is one clock for all; the writers' clocks are not. */
  private static WorkflowEvent stamped(WorkflowEvent event, long timestamp) {
    return timestamp > 0
        ? event.toBuilder().setTime(Timestamps.fromMillis(timestamp)).build()
        : event;
  }

  private Optional<WorkflowEvent> parse(Record<byte[], byte[]> record) {
    try {
      return Optional.of(WorkflowEvent.parseFrom(value(record)));
    } catch (InvalidProtocolBufferException e) {
      log.error("skipped {} of the workflow's log, which is no event: {}", place(), e.getMessage());
      return Optional.empty();
    }
  }

  private static byte[] value(Record<byte[], byte[]> record) {
    return Objects.requireNonNullElse(record.value(), new byte[0]);
  }

  private boolean isProven(WorkflowEvent event, Record<byte[], byte[]> record) {
    boolean proven = proofs.accepts(event, value(record), record.headers());
    if (!proven) {
      log.warn(
          "skipped {} of the workflow's log, {} {}, whose writer does not prove that it may",
          place(),
          event.getEventCase(),
          VisibleText.line(event.getEventId()));
    }
    return proven;
  }

  private String place() {
    return Objects.requireNonNull(context)
        .recordMetadata()
        .map(record -> record.topic() + "-" + record.partition() + "@" + record.offset())
        .orElse("a record");
  }

  private void process(WorkflowEvent event, long timestamp) {
    KeyValueStore<String, byte[]> state = Objects.requireNonNull(store);
    Decision decision;
    try {
      decision = decider.decide(new StoreState(state), event);
    } catch (StateReader.UnreadableException e) {
      // The store failed, not the decision: the transaction is aborted and the event comes again.
      throw e;
    } catch (RuntimeException e) {
      // Nothing is written yet. To stop here would stop every sweep at this event for ever.
      log.error("skipped event {}, which could not be decided: {}", event.getEventId(), event, e);
      answers.fail(event.getEventId(), e);
      return;
    }
    for (Undecided part : decision.undecided()) {
      log.error(
          "{} was set aside at event {}: {}",
          part.subject(),
          event.getEventId(),
          part.reason(),
          part.cause());
    }
    moments.write(
        () -> decision.changes().forEach((key, value) -> state.put(key, value.orElse(null))));
    decision.commands().forEach(command -> send(command, event, timestamp));
    answers.tell(event.getEventId(), decision.answer());
  }

  private void send(Command command, WorkflowEvent cause, long timestamp) {
    if (command instanceof Command.OfferWork offer) {
      WorkItem item = offer.item();
      forward(WorkKind.of(item).topic(), item.getWorkId(), item.toByteArray(), timestamp);
    } else if (command instanceof Command.Announce announce) {
      SweepEvent event = announce.event();
      log.info(
          "sweep {} is {} ({} of {} trials done, {} failed)",
          event.getSweepId(),
          event.getPhase(),
          event.getCounts().getDone(),
          event.getCounts().getTotal(),
          event.getCounts().getFailed());
      Objects.requireNonNull(context)
          .forward(
              SweepCloudEvent.record(event, cause.getEventId(), timestamp), Topics.SWEEP_EVENTS);
    } else if (command instanceof Command.Advance advance) {
      WorkflowEvent next =
          WorkflowEvent.newBuilder()
              .setEventId(cause.getEventId() + "+" + advance.sweepId())
              .setTime(cause.getTime())
              .setSweepAdvanced(SweepAdvanced.newBuilder().setSweepId(advance.sweepId()))
              .build();
      forward(WorkflowTopology.LOG_SINK, advance.sweepId(), next.toByteArray(), timestamp);
    }
  }

  private void forward(String sink, String key, byte[] value, long timestamp) {
    Objects.requireNonNull(context)
        .forward(new Record<>(key.getBytes(UTF_8), value, timestamp), sink);
  }
}
