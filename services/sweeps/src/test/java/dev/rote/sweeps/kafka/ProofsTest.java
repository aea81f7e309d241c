package dev.rote.sweeps.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.rote.sweeps.workflow.Decider;
import dev.rote.sweeps.workflow.Plans;
import dev.rote.sweeps.workflow.WorkflowSettings;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.sweeps.workflow.Workplace;
import dev.rote.v1.ClockTicked;
import dev.rote.v1.RenewLeaseRequest;
import dev.rote.v1.SweepControlRequested;
import dev.rote.v1.SweepSubmitted;
import dev.rote.v1.WorkClaimed;
import dev.rote.v1.WorkCompleted;
import dev.rote.v1.WorkFailed;
import dev.rote.v1.WorkYielded;
import dev.rote.v1.WorkerAnnounced;
import dev.rote.v1.WorkflowEvent;
import dev.rote.workqueue.RecordProof;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which records of the log count, and which leases may be renewed. */
class ProofsTest {
  private static final Proofs PROOFS = Proofs.of("the service's", false);
  private static final ByteString NONE = ByteString.EMPTY;
  private static final String VARIANT = "variant/v-data";

  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> log;

  @BeforeEach
  void start(@TempDir Path directory) {
    Decider decider = new Decider(new Plans(Workplace::plan), WorkflowSettings.defaults());
    driver = DrivenWorkflow.start(directory, decider, new Answers(), PROOFS);
    log = DrivenWorkflow.log(driver);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private void write(WorkflowEvent.Builder event, ByteString secret) {
    byte[] value = event.setEventId("e").build().toByteArray();
    RecordHeaders headers = new RecordHeaders();
    if (!secret.isEmpty()) {
      headers.add(RecordProof.HEADER, RecordProof.of(secret, value));
    }
    log.pipeInput(new TestRecord<>(new byte[0], value, headers, Instant.ofEpochMilli(1_000)));
  }

  private void submit() {
    write(
        WorkflowEvent.newBuilder()
            .setSweepSubmitted(
                SweepSubmitted.newBuilder()
                    .setSweepId("s")
                    .setSweep(Workplace.sweep("s", 1, 1, 0))),
        PROOFS.log());
  }

  private void claim() {
    write(
        WorkflowEvent.newBuilder()
            .setWorkClaimed(WorkClaimed.newBuilder().setWorkId(VARIANT).setWorker("w")),
        PROOFS.log());
  }

  private static WorkflowEvent.Builder completed(int attempt) {
    return WorkflowEvent.newBuilder()
        .setWorkCompleted(WorkCompleted.newBuilder().setWorkId(VARIANT).setAttempt(attempt));
  }

  private static WorkflowEvent.Builder failed() {
    return WorkflowEvent.newBuilder()
        .setWorkFailed(
            WorkFailed.newBuilder()
                .setWorkId(VARIANT)
                .setAttempt(1)
                .setReason("BAD")
                .setRemedy(WorkFailed.Remedy.REFUSE));
  }

  private WorkflowView view() {
    return new WorkflowView(new StoreState(driver.getKeyValueStore(WorkflowTopology.STORE)));
  }

  private boolean variantIsWanted() {
    return view().isWanted(VARIANT);
  }

  @Test
  void reports_ofNobodysLease_doNotCount() {
    submit();
    claim();
    List<ByteString> wrong =
        List.of(
            NONE,
            ByteString.copyFromUtf8("guessed"),
            PROOFS.log(),
            PROOFS.lease(VARIANT, 2),
            PROOFS.lease("trial/data-1", 1),
            Proofs.of("another's", false).lease(VARIANT, 1));
    for (ByteString secret : wrong) {
      write(completed(1), secret);
      write(failed(), secret);
      write(
          WorkflowEvent.newBuilder()
              .setWorkYielded(WorkYielded.newBuilder().setWorkId(VARIANT).setAttempt(1)),
          secret);
    }
    assertThat(variantIsWanted()).isTrue();
    assertThat(view().sweep("s").orElseThrow().getFailuresList()).isEmpty();

    write(completed(1), PROOFS.lease(VARIANT, 1));

    assertThat(variantIsWanted()).isFalse();
  }

  @Test
  void eventsOfTheService_writtenByOthers_doNotCount() {
    submit();
    for (ByteString secret : List.of(NONE, PROOFS.lease(VARIANT, 1))) {
      write(
          WorkflowEvent.newBuilder()
              .setSweepControlRequested(
                  SweepControlRequested.newBuilder()
                      .setSweepId("s")
                      .setControl(SweepControlRequested.Control.CANCEL)),
          secret);
      write(
          WorkflowEvent.newBuilder()
              .setSweepSubmitted(
                  SweepSubmitted.newBuilder()
                      .setSweepId("t")
                      .setSweep(Workplace.sweep("t", 1, 1, 0))),
          secret);
    }
    assertThat(variantIsWanted()).isTrue();
    assertThat(view().sweep("t")).isEmpty();
  }

  @Test
  void accepts_unprovenToo_isForWhatCarriesNoProofAlone() {
    Proofs lenient = Proofs.of("the service's", true);
    WorkflowEvent event = completed(1).build();
    byte[] value = event.toByteArray();
    RecordHeaders forged = new RecordHeaders();
    forged.add(RecordProof.HEADER, RecordProof.of(ByteString.copyFromUtf8("guessed"), value));

    assertThat(lenient.accepts(event, value, new RecordHeaders())).isTrue();
    assertThat(lenient.accepts(event, value, forged)).isFalse();
    assertThat(PROOFS.accepts(event, value, new RecordHeaders())).isFalse();
    assertThat(Proofs.none().accepts(event, value, forged)).isTrue();
    assertThat(lenient.required()).isFalse();
    assertThat(PROOFS.required()).isTrue();
  }

  @Test
  void accepts_proofOfAnotherValue_isFalse() {
    WorkflowEvent event = completed(1).build();
    RecordHeaders headers = new RecordHeaders();
    headers.add(RecordProof.HEADER, RecordProof.of(PROOFS.lease(VARIANT, 1), event.toByteArray()));
    WorkflowEvent changed =
        completed(1).setWorkCompleted(event.getWorkCompleted().toBuilder().setEpochs(7)).build();

    assertThat(PROOFS.accepts(event, event.toByteArray(), headers)).isTrue();
    assertThat(PROOFS.accepts(changed, changed.toByteArray(), headers)).isFalse();
  }

  @Test
  void accepts_whatNobodyCanProve_isTrueForAnnouncementsAlone() {
    WorkflowEvent announced =
        WorkflowEvent.newBuilder().setWorkerAnnounced(WorkerAnnounced.getDefaultInstance()).build();
    WorkflowEvent tick =
        WorkflowEvent.newBuilder().setClockTicked(ClockTicked.getDefaultInstance()).build();

    assertThat(PROOFS.accepts(announced, announced.toByteArray(), new RecordHeaders())).isTrue();
    assertThat(PROOFS.accepts(tick, tick.toByteArray(), new RecordHeaders())).isFalse();
  }

  @Test
  void accepts_renewals_areThoseOfTheLeasesHolder() {
    RenewLeaseRequest.Builder renewal =
        RenewLeaseRequest.newBuilder().setWorkId(VARIANT).setAttempt(1);

    assertThat(PROOFS.accepts(renewal.build())).isFalse();
    assertThat(PROOFS.accepts(renewal.setLeaseSecret(PROOFS.lease(VARIANT, 2)).build())).isFalse();
    assertThat(PROOFS.accepts(renewal.setLeaseSecret(PROOFS.lease(VARIANT, 1)).build())).isTrue();
    assertThat(Proofs.none().accepts(renewal.build())).isTrue();
  }

  @Test
  void claim_nameInTheLog_doesNotTellTheOneThatRepeatsIt() {
    assertThat(PROOFS.claim("c")).isEqualTo(PROOFS.claim("c")).isNotEqualTo(PROOFS.claim("d"));
    assertThat(PROOFS.claim("c")).hasSize(64);
    assertThat(Proofs.none().claim("c")).isEqualTo("c");
    assertThat(PROOFS.lease("a\n1", 1)).isNotEqualTo(PROOFS.lease("a", 11));
  }
}
