package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.access.KeyHash;
import dev.rote.access.grpc.Channels;
import dev.rote.embedded.Part;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.RenewLeaseRequest;
import dev.rote.v1.RenewLeaseResponse;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.WorkCompleted;
import dev.rote.v1.WorkFailed;
import dev.rote.v1.WorkItem;
import dev.rote.v1.WorkServiceGrpc;
import dev.rote.v1.WorkflowEvent;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What whoever may write to the log, or has a worker's key, cannot do to others' work. */
@ExtendWith(SharedLaboratory.class)
class ForgedReportsIT {

  /** Whoever may write to the log reports, as well and as badly as can be, for all trials. */
  @Test
  void shouldEndAsWithoutThemWhenReportsAreForged(Laboratory laboratory) throws Exception {
    String id =
        laboratory.submit(TinySweep.longer("forged", 71)).getSweep().getStatus().getSweepId();
    laboratory.await(id, status -> status.getProgress().getEpochsDone() >= 1);
    try (KafkaConsumer<String, byte[]> offers =
            new KafkaConsumer<>(
                laboratory.kafka(), new StringDeserializer(), new ByteArrayDeserializer());
        KafkaProducer<String, byte[]> log =
            new KafkaProducer<>(
                laboratory.kafka(), new StringSerializer(), new ByteArraySerializer())) {
      offers.assign(List.of(new TopicPartition("rote.work.trials", 0)));
      offers.seekToBeginning(offers.assignment());
      int forged = 0;
      for (ConsumerRecord<String, byte[]> offer : offers.poll(Duration.ofSeconds(20))) {
        String work = WorkItem.parseFrom(offer.value()).getWorkId();
        for (int attempt = 1; attempt < 4; attempt++) {
          for (WorkflowEvent.Builder event : reports(work, attempt)) {
            ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                    "rote.workflow", work, event.setEventId("f" + forged).build().toByteArray());
            if (attempt == 2) {
              record.headers().add("rote-proof", new byte[32]);
            }
            log.send(record).get(20, TimeUnit.SECONDS);
            forged++;
          }
        }
        assertThat(renewal(laboratory, work)).isEqualTo(RenewLeaseResponse.Order.ABANDON);
      }
      assertThat(forged).isPositive();
    }

    SweepStatus ended = laboratory.awaitEnd(id).getStatus();

    assertThat(ended.getPhase()).isEqualTo(SweepStatus.Phase.COMPLETED);
    assertThat(ended.getCounts().getDone()).isEqualTo(4);
    assertThat(ended.getFailuresList()).isEmpty();
    assertThat(laboratory.site().state().orElseThrow().resolve("logs").resolve("sweeps.log"))
        .content()
        .contains("whose writer does not prove that it may");
  }

  private static List<WorkflowEvent.Builder> reports(String work, int attempt) {
    return List.of(
        WorkflowEvent.newBuilder()
            .setWorkCompleted(WorkCompleted.newBuilder().setWorkId(work).setAttempt(attempt)),
        WorkflowEvent.newBuilder()
            .setWorkFailed(
                WorkFailed.newBuilder()
                    .setWorkId(work)
                    .setAttempt(attempt)
                    .setReason("FORGED")
                    .setRemedy(WorkFailed.Remedy.REFUSE)));
  }

  /** What whoever has a worker's key, and no lease, is told of another's. */
  private static RenewLeaseResponse.Order renewal(Laboratory laboratory, String work) {
    String token = laboratory.site().addresses().token().orElseThrow();
    Optional<String> worker = Optional.of(KeyHash.derived(token, "worker"));
    String sweeps = Objects.requireNonNull(laboratory.site().addresses().grpc().get(Part.SWEEPS));
    ManagedChannel channel = Channels.open(sweeps, () -> worker);
    try {
      return WorkServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(20, TimeUnit.SECONDS)
          .renewLease(
              RenewLeaseRequest.newBuilder().setWorkId(work).setAttempt(1).setWorker("w").build())
          .getOrder();
    } finally {
      channel.shutdownNow();
    }
  }
}
