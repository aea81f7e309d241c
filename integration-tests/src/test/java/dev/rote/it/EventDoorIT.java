package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import dev.rote.spec.SweepFiles;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepEvent;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.VerdictCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sweeps that are started by a record on a topic. */
@ExtendWith(SharedLaboratory.class)
class EventDoorIT {

  @Test
  void shouldRunTheSweepWhenAConfigArrivesAsYamlOrJson(Laboratory laboratory) throws Exception {
    publish(laboratory, TinySweep.named("event-yaml", 91, 2));
    publish(
        laboratory,
        SweepFiles.toJson(SweepFiles.parse(TinySweep.named("event-json", 92, 2), "test")));
    for (String name : List.of("event-yaml", "event-json")) {
      Sweep sweep = laboratory.awaitEnd(name);
      assertThat(sweep.getStatus().getPhase()).isEqualTo(Phase.COMPLETED);
      assertThat(sweep.getStatus().getCounts().getDone()).isEqualTo(4);
      List<Phase> phases = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record :
          read(
              laboratory,
              "rote.sweep-events",
              r -> text(r.value()).contains("COMPLETED") && text(r.value()).contains(name))) {
        SweepEvent.Builder event = SweepEvent.newBuilder();
        JsonFormat.parser().merge(text(record.value()), event);
        if (event.getSweepName().equals(name)) {
          assertThat(text(record.key())).isEqualTo(sweep.getStatus().getSweepId());
          phases.add(event.getPhase());
          assertThat(event.getVerdicts())
              .isEqualTo(
                  event.getPhase() == Phase.COMPLETED
                      ? VerdictCounts.newBuilder().setHolding(1).setFailing(1).build()
                      : VerdictCounts.getDefaultInstance());
        }
      }
      assertThat(phases).startsWith(Phase.RUNNING).endsWith(Phase.COMPLETED);
    }
  }

  @Test
  void shouldRunTheSweepWhenItsConfigComesInACloudEvent(Laboratory laboratory) throws Exception {
    publish(
        laboratory,
        TinySweep.named("event-binary", 95, 1),
        Map.of(
            "ce_specversion", "1.0",
            "ce_type", "com.example.study-changed",
            "ce_source", "/pipeline",
            "ce_id", "17",
            "content-type", "application/yaml"));
    publish(
        laboratory, exampleOfTheGuide(), Map.of("content-type", "application/cloudevents+json"));
    for (String name : List.of("event-binary", "event-study")) {
      Sweep sweep = laboratory.awaitEnd(name);
      assertThat(sweep.getStatus().getPhase()).isEqualTo(Phase.COMPLETED);
      List<ConsumerRecord<byte[], byte[]>> events =
          read(
              laboratory,
              "rote.sweep-events",
              r -> text(r.value()).contains("COMPLETED") && text(r.value()).contains(name));
      assertThat(events)
          .anySatisfy(
              event ->
                  assertThat(headers(event))
                      .contains("ce_type=dev.rote.sweep.completed")
                      .contains("ce_subject=" + sweep.getStatus().getSweepId()));
    }
  }

  @Test
  void shouldKeepTheBytesAndTheReasonWhenAConfigIsInvalid(Laboratory laboratory) throws Exception {
    String wrong = TinySweep.named("event-bad", 93, 2).replace("repetitions: 2", "repetitions: 0");
    publish(laboratory, wrong);
    publish(laboratory, "no sweep at all: [");
    publish(laboratory, TinySweep.named("event-after", 94, 1));
    assertThat(laboratory.awaitEnd("event-after").getStatus().getPhase())
        .isEqualTo(Phase.COMPLETED);

    List<ConsumerRecord<byte[], byte[]>> dead =
        read(
            laboratory,
            "rote.configs.dead-letter",
            r -> text(r.value()).startsWith("no sweep at all"));
    assertThat(dead)
        .anySatisfy(
            record -> {
              assertThat(text(record.value())).isEqualTo(wrong);
              assertThat(text(record.headers().lastHeader("rote-reason").value())).isNotBlank();
              assertThat(headers(record)).contains("spec.repetitions").contains("was 0");
            });
  }

  /** The event in structured mode that docs/events.md shows. */
  private static String exampleOfTheGuide() throws IOException {
    String guide = Files.readString(DocumentationIT.HOME.resolve("docs/events.md"));
    Matcher example = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(guide);
    assertThat(example.find()).isTrue();
    return example.group(1);
  }

  private static String headers(ConsumerRecord<byte[], byte[]> record) {
    StringBuilder all = new StringBuilder();
    record
        .headers()
        .forEach(
            header ->
                all.append(header.key()).append('=').append(text(header.value())).append('\n'));
    return all.toString();
  }

  private static void publish(Laboratory laboratory, String config) throws Exception {
    publish(laboratory, config, Map.of());
  }

  private static void publish(Laboratory laboratory, String config, Map<String, String> headers)
      throws Exception {
    Properties properties = new Properties();
    properties.putAll(laboratory.kafka());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      ProducerRecord<String, String> event = new ProducerRecord<>("rote.configs", config);
      headers.forEach(
          (name, value) -> event.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
      producer.send(event).get();
    }
  }

  /** All records of a topic up to the first that is as wanted. */
  static List<ConsumerRecord<byte[], byte[]>> read(
      Laboratory laboratory, String topic, Predicate<ConsumerRecord<byte[], byte[]>> last) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Map<String, Object> settings = new HashMap<>(laboratory.kafka());
    settings.put("isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      boolean found = false;
      while (!found && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          records.add(record);
          found |= last.test(record);
        }
      }
    }
    return records;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
