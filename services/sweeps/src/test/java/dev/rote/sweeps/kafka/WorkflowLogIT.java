package dev.rote.sweeps.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.SweepFiles;
import dev.rote.sweeps.doors.DoorStack;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSubmitted;
import dev.rote.v1.WorkflowEvent;
import dev.rote.workqueue.RecordProof;
import dev.rote.workqueue.WorkTopics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The log of events has one clock, the broker's, whatever its writers' clocks say. */
@ExtendWith(DoorStack.Shared.class)
class WorkflowLogIT {
  private static final String STAMPS = "message.timestamp.type";
  private static final ConfigResource LOG =
      new ConfigResource(ConfigResource.Type.TOPIC, WorkTopics.WORKFLOW);
  private static final long YEAR_2001 = 1_000_000_000_000L;

  private final DoorStack stack;

  WorkflowLogIT(DoorStack stack) {
    this.stack = stack;
  }

  private void submitFromAClockOf2001(String id) throws Exception {
    Sweep sweep = SweepFiles.parse(new String(DoorStack.sweep(id), UTF_8), id);
    byte[] event =
        WorkflowEvent.newBuilder()
            .setEventId(id)
            .setTime(Timestamps.fromMillis(YEAR_2001))
            .setSweepSubmitted(
                SweepSubmitted.newBuilder()
                    .setSweepId(id)
                    .setSweep(
                        sweep.toBuilder().setSpec(SweepDefaults.fill(sweep.getSpec()).toBuilder())))
            .build()
            .toByteArray();
    Headers proof = new RecordHeaders();
    proof.add(RecordProof.HEADER, RecordProof.of(DoorStack.PROOFS.log(), event));
    try (KafkaProducer<byte[], byte[]> writer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.kafka()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var unused =
          writer
              .send(
                  new ProducerRecord<>(
                      WorkTopics.WORKFLOW, null, YEAR_2001, id.getBytes(UTF_8), event, proof))
              .get();
    }
  }

  private long submittedMillis(String id) throws InterruptedException {
    DoorStack.await(() -> stack.engine().view().sweep(id).isPresent());
    Timestamp submitted = stack.engine().view().sweep(id).orElseThrow().getSubmitted();
    return Timestamps.toMillis(submitted);
  }

  @Test
  void event_ofAWriterWhoseClockIsWrong_isDecidedAtTheBrokersTime() throws Exception {
    long before = System.currentTimeMillis();
    submitFromAClockOf2001("wrong-clock");
    assertThat(submittedMillis("wrong-clock")).isBetween(before, System.currentTimeMillis());
  }

  @Test
  void log_ofBefore_isStampedByTheBroker_fromTheNextStartOn() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafka()))) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  LOG,
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry(STAMPS, "CreateTime"), AlterConfigOp.OpType.SET))))
          .all()
          .get();
      submitFromAClockOf2001("log-of-before");
      assertThat(submittedMillis("log-of-before")).isEqualTo(YEAR_2001);

      Topics.ensure(admin, 0);
      assertThat(admin.describeConfigs(List.of(LOG)).all().get())
          .hasEntrySatisfying(
              LOG, config -> assertThat(config.get(STAMPS).value()).isEqualTo("LogAppendTime"));
    }
    long before = System.currentTimeMillis();
    submitFromAClockOf2001("log-of-now");
    assertThat(submittedMillis("log-of-now")).isBetween(before, System.currentTimeMillis());
  }
}
