package dev.rote.sweeps.doors.kafka;

import dev.rote.grpcerrors.ApiErrors;
import dev.rote.grpcerrors.ApiException;
import dev.rote.spec.SpecException;
import dev.rote.spec.SweepFiles;
import dev.rote.spec.Violation;
import dev.rote.sweeps.doors.Door;
import dev.rote.sweeps.doors.Submitter;
import dev.rote.sweeps.kafka.WorkflowEngine;
import dev.rote.workqueue.Contact;
import dev.rote.workqueue.KafkaCluster;
import dev.rote.workqueue.Pulse;
import dev.rote.workqueue.Pulses;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.charset.CharacterCodingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door for config events: each record of {@code rote.configs}, a sweep as JSON or YAML, bare or
 * in a CloudEvent, starts that sweep; one that comes twice starts it once. What is refused becomes
 * a dead letter. Outages of Kafka, of the workflow and of the corruption service are waited out.
 */
public final class ConfigDoor {
  private static final Logger log = LoggerFactory.getLogger(ConfigDoor.class);
  private static final String TOPIC = "rote.configs";
  private static final String QUOTA_SPENT = ApiException.QUOTA_SPENT;
  private static final String GROUP = "rote-configs";
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** An event whose variants are checked, and their datasets downloaded, takes less. */
  private static final Duration LONGEST_EVENT = Duration.ofMinutes(20);

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);
  private static final Set<Status.Code> OUTAGES =
      Set.of(
          Status.Code.UNAVAILABLE,
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.ABORTED,
          Status.Code.CANCELLED);

  private final KafkaCluster kafka;
  private final Door door;
  private final WorkflowEngine engine;
  private final Settings settings;
  private final EventRate rate;
  private final Pulse pulse;
  private final AtomicLong skipped = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Thread thread;
  private String waitingFor = "";
  private long waitingSinceNanos;

  /**
   * Settings of the door.
   *
   * @param owners whose the sweeps of events are
   * @param patience how long an event waits for something that the corruption service itself waits
   *     for, such as the publisher of a dataset, before it is refused to let others through
   * @param mostPerMinute events of an owner; empty: any number
   */
  public record Settings(EventOwners owners, Duration patience, OptionalInt mostPerMinute) {}

  /**
   * @param pulses told that the door goes on
   */
  public ConfigDoor(
      KafkaCluster kafka, Door door, WorkflowEngine engine, Settings settings, Pulses pulses) {
    this.kafka = kafka;
    this.door = door;
    this.engine = engine;
    this.settings = settings;
    this.rate = new EventRate(settings.mostPerMinute(), Clock.systemUTC());
    this.pulse = pulses.part("config door", LONGEST_EVENT);
  }

  public synchronized void start() {
    thread = new Thread(pulse.task(this::run), "rote-config-door");
    thread.start();
  }

  /** Registers the count of events that were refused, and of which no letter could be written. */
  public MeterBinder meters() {
    return registry ->
        FunctionCounter.builder("rote.configs.skipped", skipped, AtomicLong::get)
            .description("Config events that no dead letter could be written of")
            .register(registry);
  }

  private void run() {
    try {
      while (closing.getCount() > 0) {
        if (engine.running()) {
          try (var consumer = consumer();
              var deadLetters = new DeadLetters(kafka, skipped)) {
            Tries tries = new Tries(consumer);
            consumer.subscribe(List.of(TOPIC), new Rebalanced(tries));
            serve(consumer, tries, deadLetters);
          } catch (KafkaException e) {
            log.warn("config events cannot be read: {}", e.toString());
            pulse.held("config events cannot be read: " + e);
          }
        } else {
          pulse.beat();
        }
        pause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pause() throws InterruptedException {
    var unused = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        kafka.client(
            Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                GROUP,
                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                "consumer",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                1_000,
                Contact.SETTING,
                Contact.WINDOW_MILLIS)),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Notes of other members count on partitions that come anew. */
  private record Rebalanced(Tries tries) implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      tries.forget();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      tries.forget();
    }
  }

  private void serve(KafkaConsumer<byte[], byte[]> consumer, Tries tries, DeadLetters deadLetters)
      throws InterruptedException {
    while (closing.getCount() > 0) {
      for (ConsumerRecord<byte[], byte[]> event : consumer.poll(POLL)) {
        pulse.live();
        TopicPartition partition = new TopicPartition(event.topic(), event.partition());
        int before = tries.before(partition, event.offset());
        tries.begin(partition, event.offset(), before);
        if (!(before < Tries.MOST ? taken(event, deadLetters) : harmful(event, deadLetters))) {
          // Polled again from here, so that the group does not miss this member meanwhile.
          tries.putOff(partition, event.offset());
          consumer.seek(partition, event.offset());
          pause();
          break;
        }
        waitingFor = "";
        tries.end(partition, event.offset());
      }
      pulse.round(
          deadLetters
              .holdUp()
              .or(() -> Contact.lost(kafka.servers(), consumer.metrics().values())));
    }
  }

  private static boolean harmful(ConsumerRecord<byte[], byte[]> event, DeadLetters deadLetters)
      throws InterruptedException {
    return deadLetters.write(
        event,
        "ENDED_THE_PROCESS",
        "the service ended "
            + Tries.MOST
            + " times while it read this event; it is not tried again",
        List.of());
  }

  /** Whether an event is dealt with; false when an outage is in the way. */
  private boolean taken(ConsumerRecord<byte[], byte[]> event, DeadLetters deadLetters)
      throws InterruptedException {
    String origin = DeadLetters.origin(event);
    Submitter submitter;
    try {
      submitter = settings.owners().of(event);
    } catch (EventOwners.UnsignedException e) {
      String message = String.valueOf(e.getMessage());
      return deadLetters.write(event, "SIGNATURE_INVALID", message, List.of(message));
    }
    String owner = submitter.caller().name();
    Optional<Instant> spent = rate.spentUntil(owner);
    if (spent.isPresent()) {
      return tooMany(event, owner, spent.get(), deadLetters);
    }
    boolean done = tried(event, origin, submitter, deadLetters);
    if (done) {
      rate.count(owner);
    }
    return done;
  }

  private boolean tooMany(
      ConsumerRecord<byte[], byte[]> event, String owner, Instant until, DeadLetters deadLetters)
      throws InterruptedException {
    String message =
        "%s sent %d events within a minute, which is all that it may: send this one again after %s"
            .formatted(
                owner,
                settings.mostPerMinute().orElseThrow(),
                until.plusSeconds(1).truncatedTo(ChronoUnit.SECONDS));
    return deadLetters.write(event, QUOTA_SPENT, message, List.of(message));
  }

  private boolean tried(
      ConsumerRecord<byte[], byte[]> event,
      String origin,
      Submitter submitter,
      DeadLetters deadLetters)
      throws InterruptedException {
    try {
      Door.Entry entry =
          door.submit(
              SweepFiles.parseValid(ConfigEvent.text(event), origin, List.of()),
              submitter,
              warning -> log.warn("config event {}: {}", origin, warning));
      log.info(
          "config event {} {} sweep {}",
          origin,
          entry.created() ? "started" : "repeats",
          entry.sweep().getStatus().getSweepId());
      return true;
    } catch (SpecException e) {
      List<String> violations = e.violations().stream().map(Violation::toString).toList();
      return deadLetters.write(event, "INVALID_SWEEP", String.valueOf(e.getMessage()), violations);
    } catch (CharacterCodingException e) {
      return deadLetters.write(event, "NOT_UTF8", String.valueOf(e.getMessage()), List.of());
    } catch (ApiException e) {
      StatusRuntimeException told = e.told();
      boolean givenUp = timedOut(e) && outOfPatience(origin, told);
      return (isOutage(e) && !givenUp) ? waits(origin, e) : refused(event, told, deadLetters);
    } catch (StatusRuntimeException e) {
      boolean outage = OUTAGES.contains(e.getStatus().getCode());
      return (outage && !outOfPatience(origin, e))
          ? waits(origin, e)
          : refused(event, e, deadLetters);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      // A bug in reading this one: the others must get through.
      log.error("config event {} cannot be handled", origin, e);
      return deadLetters.write(event, "INTERNAL", e.toString(), List.of());
    }
  }

  /* What waits for a quota would hold up the events of others. */
  private static boolean isOutage(ApiException failure) {
    Status.Code code = Status.fromCodeValue(failure.status().getCode()).getCode();
    return OUTAGES.contains(code) && !failure.reason().equals(QUOTA_SPENT);
  }

  private static boolean timedOut(ApiException failure) {
    return failure.reason().equals(ApiException.CHECK_TIMED_OUT);
  }

  private static boolean refused(
      ConsumerRecord<byte[], byte[]> event, StatusRuntimeException failure, DeadLetters deadLetters)
      throws InterruptedException {
    String reason = ApiErrors.reason(failure).orElse(failure.getStatus().getCode().name());
    String message = ApiErrors.describe(failure);
    return deadLetters.write(event, reason, message, List.of(message));
  }

  private boolean waits(String origin, RuntimeException cause) {
    if (!waitingFor.equals(origin)) {
      log.warn("config event {} waits: {}", origin, cause.toString());
      waitingFor = origin;
      waitingSinceNanos = System.nanoTime();
    }
    return false;
  }

  /** The corruption service answers, but has waited for too long for something of its own. */
  private boolean outOfPatience(String origin, StatusRuntimeException failure) {
    return ApiErrors.reason(failure).isPresent()
        && waitingFor.equals(origin)
        && System.nanoTime() - waitingSinceNanos > settings.patience().toNanos();
  }

  /** Stops after the event in hand. */
  public void stop() throws InterruptedException {
    closing.countDown();
    Thread running = thread();
    if (running != null) {
      running.join(CLOSE_PATIENCE.toMillis());
    }
  }

  private synchronized @Nullable Thread thread() {
    return thread;
  }
}
