package dev.rote.sweeps.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.artifacts.ObjectStore;
import dev.rote.embedded.Broker;
import dev.rote.embedded.BrokerSettings;
import dev.rote.spec.DataOutline;
import dev.rote.sweeps.admission.Admission;
import dev.rote.sweeps.admission.GridPlan;
import dev.rote.sweeps.doors.kafka.ConfigDoor;
import dev.rote.sweeps.doors.kafka.EventOwners;
import dev.rote.sweeps.kafka.EngineSettings;
import dev.rote.sweeps.kafka.Proofs;
import dev.rote.sweeps.kafka.WorkflowEngine;
import dev.rote.sweeps.workflow.Plans;
import dev.rote.sweeps.workflow.WorkflowSettings;
import dev.rote.testkit.TestStore;
import dev.rote.workqueue.KafkaCluster;
import dev.rote.workqueue.Pulses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The doors, the workflow behind them, and the broker and store under them. */
public final class DoorStack implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String LETTERS = "rote.configs.dead-letter";
  private static final String SWEEP =
      """
      apiVersion: rote.dev/v1
      kind: Sweep
      metadata: {name: NAME}
      spec:
        trial:
          dataset: {name: strokes, trainSize: 100, validationSize: 50}
          model: {mlp: {hidden: [8]}}
          training: {epochs: 7}
        axes:
        - name: rate
          field: optimizer.learningRate
          values: [0.1, 0.2]
        repetitions: 2
      """;

  private final Map<Long, ConsumerRecord<byte[], byte[]>> letters = new HashMap<>();
  private final Pulses pulses = new Pulses();
  private final TestStore store;
  private final Broker broker;
  private final WorkflowEngine engine;
  private final Door door;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private ConfigDoor configDoor;
  private int named;

  /** Gives tests one stack, started for the first of them and closed after the last. */
  public static final class Shared implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == DoorStack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.create(DoorStack.class))
          .computeIfAbsent("stack", key -> started(), DoorStack.class);
    }

    private static DoorStack started() {
      try {
        Path target = Files.createDirectories(Path.of("target", "doors"));
        return new DoorStack(Files.createTempDirectory(target, "stack").toAbsolutePath());
      } catch (Exception e) {
        throw new IllegalStateException("the stack did not start", e);
      }
    }
  }

  /** Which records of the log count: those of writers that prove it. */
  public static final Proofs PROOFS = Proofs.of("a secret of tests", false);

  private DoorStack(Path directory) throws Exception {
    store = TestStore.start(directory.resolve("objects"));
    broker = Broker.start(BrokerSettings.at(directory.resolve("kafka")));
    engine =
        new WorkflowEngine(
            new EngineSettings(
                KafkaCluster.open(broker.bootstrapServers()),
                directory.resolve("state"),
                0,
                "streams",
                WorkflowSettings.defaults(),
                Duration.ofMillis(200),
                Duration.ofSeconds(10),
                PROOFS),
            new Plans(GridPlan::of),
            pulses);
    engine.start();
    await(engine::running);
    door =
        new Door(
            new Admission(100, 1, variant -> DataOutline.unknown(), paths -> Map.of(), start -> {}),
            engine,
            new Quotas(Quotas.Limits.NONE, Clock.systemUTC()));
    configDoor = open(door, pulses);
    Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
    consumer = new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(List.of(new TopicPartition(LETTERS, 0)));
    consumer.seekToBeginning(consumer.assignment());
  }

  public ConfigDoor open(Door into, Pulses told) {
    return open(
        into,
        told,
        new ConfigDoor.Settings(
            new EventOwners("events", Optional.empty()),
            Duration.ofSeconds(1),
            OptionalInt.empty()));
  }

  /** A door on the topic of events beside that of the stack, which must be shut. */
  public ConfigDoor open(Door into, Pulses told, ConfigDoor.Settings settings) {
    ConfigDoor opened =
        new ConfigDoor(KafkaCluster.open(broker.bootstrapServers()), into, engine, settings, told);
    opened.start();
    return opened;
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
    try {
      configDoor.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    engine.close();
    broker.close();
    store.close();
  }

  public static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for %s", PATIENCE).isLessThan(end);
      Thread.sleep(20);
    }
  }

  public static byte[] sweep(String name) {
    return SWEEP.replace("NAME", name).getBytes(UTF_8);
  }

  public long send(byte @Nullable [] key, byte @Nullable [] value) throws Exception {
    return producer.send(new ProducerRecord<>("rote.configs", key, value)).get().offset();
  }

  /** Sends an event with headers. */
  public long sendWith(Map<String, String> headers, byte[] value) throws Exception {
    ProducerRecord<byte[], byte[]> event = new ProducerRecord<>("rote.configs", value);
    headers.forEach((name, text) -> event.headers().add(name, text.getBytes(UTF_8)));
    return producer.send(event).get().offset();
  }

  /** A good sweep that comes after all that was sent starts. */
  public void assertOpen() throws Exception {
    String name = "good" + named++;
    send(null, sweep(name));
    await(() -> engine.view().sweep(name).isPresent());
    assertThat(pulses.standing()).isEmpty();
  }

  public ConsumerRecord<byte[], byte[]> letter(long offset) throws InterruptedException {
    await(
        () -> {
          for (var letter : consumer.poll(Duration.ofMillis(100))) {
            String origin = header(letter, "rote-origin");
            letters.put(Long.parseLong(origin.substring(origin.indexOf('@') + 1)), letter);
          }
          return letters.containsKey(offset);
        });
    return Objects.requireNonNull(letters.get(offset));
  }

  public static String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    assertThat(header).as(name).isNotNull();
    return new String(header.value(), UTF_8);
  }

  public long end(TopicPartition partition) {
    return Objects.requireNonNull(consumer.endOffsets(Set.of(partition)).get(partition));
  }

  public long logEnd() {
    return end(new TopicPartition("rote.workflow", 0));
  }

  /** Closes the door of events. */
  public void shut() throws InterruptedException {
    configDoor.stop();
  }

  /** The door of events that is open now. */
  public ConfigDoor configDoor() {
    return configDoor;
  }

  /** Opens the door of events again. */
  public void reopen() {
    configDoor = open(door, pulses);
  }

  /** What stands still, and why. */
  public Map<String, String> standing() {
    return pulses.standing();
  }

  public Door door() {
    return door;
  }

  public WorkflowEngine engine() {
    return engine;
  }

  public ObjectStore store() {
    return store.client();
  }

  /** Bootstrap servers. */
  public String kafka() {
    return broker.bootstrapServers();
  }
}
