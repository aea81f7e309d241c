package dev.rote.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rote.access.KeyHash;
import dev.rote.access.grpc.Channels;
import dev.rote.embedded.Part;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.GetSweepRequest;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.SweepsServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * No key of a stack is in its logs, topics, objects or refusals, after a whole sweep and calls that
 * were refused.
 */
@ExtendWith(SharedLaboratory.class)
class NoSecretsIT {
  private static final String SWEEP =
      """
      apiVersion: rote.dev/v1
      kind: Sweep
      metadata: {name: no-secrets}
      spec:
        trial:
          dataset: {name: strokes, trainSize: 100, validationSize: 50}
          model: {mlp: {hidden: [8]}}
          training: {epochs: 1}
        measurements: [{name: accuracy, accuracy: {}, finalOnly: true}]
      """;
  private static final int LARGEST_OBJECT = 4 << 20;

  /** What must be nowhere, by what it is. */
  private static Map<String, String> secrets(Laboratory laboratory, String stranger) {
    String token = laboratory.site().addresses().token().orElseThrow();
    Map<String, String> secrets = new LinkedHashMap<>();
    secrets.put("the user's key", token);
    for (String use : List.of("worker", "sweeps", "page")) {
      secrets.put("the key of " + use, KeyHash.derived(token, use));
    }
    secrets.put("the object store's key", laboratory.site().addresses().secretKey());
    secrets.put("a stranger's key", stranger);
    return secrets;
  }

  private static void assertNone(Map<String, String> secrets, String where, byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    secrets.forEach(
        (what, secret) ->
            assertThat(text.contains(secret)).as("%s is in %s", what, where).isFalse());
  }

  @Test
  void shouldBeInNoLogTopicObjectOrRefusalWhenASweepHasRun(Laboratory laboratory) throws Exception {
    String stranger = KeyHash.newKey();
    Map<String, String> secrets = secrets(laboratory, stranger);
    assertThat(secrets.values()).allSatisfy(secret -> assertThat(secret).hasSizeGreaterThan(15));
    Sweep sweep = laboratory.run(SWEEP);
    assertThat(sweep.getStatus().getPhase()).isEqualTo(Phase.COMPLETED);

    assertNone(secrets, "the status", sweep.toString().getBytes(UTF_8));
    assertNone(secrets, "a refusal", refusal(laboratory, stranger).getBytes(UTF_8));
    assertThat(logs(laboratory, secrets)).isGreaterThanOrEqualTo(4);
    assertThat(objects(laboratory, secrets)).isGreaterThan(5);
    assertThat(records(laboratory, secrets))
        .containsKeys("rote.workflow", "rote.work.trials", "rote.sweep-events");
  }

  private static String refusal(Laboratory laboratory, String stranger) {
    String target = Objects.requireNonNull(laboratory.site().addresses().grpc().get(Part.SWEEPS));
    ManagedChannel channel = Channels.open(target, () -> Optional.of(stranger));
    try {
      StatusRuntimeException refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  SweepsServiceGrpc.newBlockingStub(channel)
                      .getSweep(GetSweepRequest.newBuilder().setSweep("no-secrets").build()));
      return refused + " " + refused.getTrailers();
    } finally {
      channel.shutdownNow();
    }
  }

  /** The number of logs. */
  private static int logs(Laboratory laboratory, Map<String, String> secrets) throws Exception {
    Path state = laboratory.site().state().orElseThrow();
    List<Path> logs;
    try (Stream<Path> files = Files.list(state.resolve("logs"))) {
      logs = files.filter(Files::isRegularFile).toList();
    }
    for (Path log : logs) {
      assertNone(secrets, log.toString(), Files.readAllBytes(log));
    }
    return logs.size();
  }

  /** The number of objects. */
  private static int objects(Laboratory laboratory, Map<String, String> secrets) {
    int count = 0;
    String after = "";
    while (true) {
      List<String> keys = laboratory.store().list("", after, 1_000);
      for (String key : keys) {
        count++;
        if (laboratory.store().size(key).orElse(0L) <= LARGEST_OBJECT) {
          laboratory.store().find(key).ifPresent(bytes -> assertNone(secrets, key, bytes));
        }
      }
      if (keys.isEmpty()) {
        return count;
      }
      after = keys.get(keys.size() - 1);
    }
  }

  /** Numbers of records by topic. */
  private static Map<String, Integer> records(Laboratory laboratory, Map<String, String> secrets) {
    Map<String, Integer> counts = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            laboratory.kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      consumer
          .listTopics()
          .values()
          .forEach(
              infos ->
                  infos.forEach(
                      info -> partitions.add(new TopicPartition(info.topic(), info.partition()))));
      Set<TopicPartition> filled =
          consumer.endOffsets(partitions).entrySet().stream()
              .filter(end -> end.getValue() > 0 && !end.getKey().topic().startsWith("__"))
              .map(Map.Entry::getKey)
              .collect(Collectors.toSet());
      Map<TopicPartition, Long> ends = consumer.endOffsets(filled);
      consumer.assign(filled);
      consumer.seekToBeginning(filled);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          counts.merge(record.topic(), 1, Integer::sum);
          check(secrets, record);
        }
      }
    }
    return counts;
  }

  private static void check(Map<String, String> secrets, ConsumerRecord<byte[], byte[]> record) {
    String where = record.topic() + "@" + record.offset();
    for (byte[] part : new byte[][] {record.key(), record.value()}) {
      if (part != null) {
        assertNone(secrets, where, part);
      }
    }
    record
        .headers()
        .forEach(header -> assertNone(secrets, where + " " + header.key(), header.value()));
  }
}
