package dev.rote.embedded;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.rote.v1.WorkItem;
import dev.rote.v1.WorkflowEvent;
import dev.rote.v1.WriteReportWork;
import dev.rote.workqueue.WorkKind;
import dev.rote.workqueue.WorkTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Both ends of the work queue that the sweeps service has: offers are written here, and reports are
 * read.
 */
final class WorkflowLog implements AutoCloseable {

  private final String kafka;
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<WorkflowEvent> seen = new ArrayList<>();

  WorkflowLog(String kafka, WorkKind kind) throws InterruptedException, ExecutionException {
    this.kafka = kafka;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      WorkTopics.ensure(admin, kind);
      if (!admin.listTopics().names().get().contains(WorkTopics.WORKFLOW)) {
        admin
            .createTopics(
                List.of(new NewTopic(WorkTopics.WORKFLOW, Optional.of(1), Optional.empty())))
            .all()
            .get();
      }
    }
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka, "reconnect.backoff.max.ms", 500),
            new StringSerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka, "reconnect.backoff.max.ms", 500),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    TopicPartition log = new TopicPartition(WorkTopics.WORKFLOW, 0);
    consumer.assign(List.of(log));
    consumer.seekToEnd(List.of(log));
    consumer.position(log);
  }

  void offer(String workId) throws InterruptedException, ExecutionException {
    WorkItem item =
        WorkItem.newBuilder()
            .setWorkId(workId)
            .setWriteReport(WriteReportWork.newBuilder().setSweepId(workId))
            .build();
    offer(item.toByteArray());
  }

  void offer(byte[] bytes) throws InterruptedException, ExecutionException {
    producer.send(new ProducerRecord<>(WorkKind.REPORTS.topic(), bytes)).get();
  }

  /** Sets how long offers stay locked. */
  void lockFor(WorkKind kind, Duration lock) throws InterruptedException, ExecutionException {
    ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, kind.group());
    ConfigEntry entry =
        new ConfigEntry("share.record.lock.duration.ms", Long.toString(lock.toMillis()));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      admin
          .incrementalAlterConfigs(
              Map.of(group, List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  /**
   * A member of the group of workers that takes one offer at a time and never acknowledges by
   * itself.
   */
  KafkaShareConsumer<String, byte[]> shareConsumer(WorkKind kind) {
    KafkaShareConsumer<String, byte[]> member =
        new KafkaShareConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka,
                "group.id",
                kind.group(),
                "share.acknowledgement.mode",
                "explicit",
                "share.acquire.mode",
                "record_limit",
                "max.poll.records",
                1),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    member.subscribe(List.of(kind.topic()));
    return member;
  }

  /** Reads until so many events match; all that matched. */
  List<WorkflowEvent> await(int count, Duration timeout, Predicate<WorkflowEvent> wanted)
      throws InvalidProtocolBufferException {
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      List<WorkflowEvent> matching = seen.stream().filter(wanted).toList();
      if (matching.size() >= count) {
        return matching;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("waited %s for %d events, saw %s".formatted(timeout, count, seen));
      }
      for (var record : consumer.poll(Duration.ofMillis(200))) {
        seen.add(WorkflowEvent.parseFrom(record.value()));
      }
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
    consumer.close();
  }
}
