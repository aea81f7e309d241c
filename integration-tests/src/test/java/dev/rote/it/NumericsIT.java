package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.spec.Ids;
import dev.rote.spec.TrialId;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.ListTrialsRequest;
import dev.rote.v1.Measurement;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Report;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialSummary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Workers on ND4J and workers on the reference engine serve one log and one bucket. Each sweep runs
 * on one of the two, whoever takes its offers.
 */
class NumericsIT {
  private static final Map<String, String> REFERENCE = Map.of("ROTE_ENGINE", "reference");
  private static final int CELLS = 4;

  private static String study(String name, long seed, String numerics) {
    String written = numerics.isEmpty() ? "" : "  numerics: " + numerics + "\n";
    return TinySweep.named(name, seed, 2).replace("spec:\n", "spec:\n" + written);
  }

  private static List<TrialSummary> trials(Laboratory laboratory, Sweep sweep) {
    return laboratory
        .sweeps()
        .listTrials(ListTrialsRequest.newBuilder().setSweep(sweep.getStatus().getSweepId()).build())
        .getTrialsList();
  }

  /** Results of a sweep that completed, by their ids, all of which are of the family. */
  private static Map<String, TrialResult> ofOneFamily(
      Laboratory laboratory, Sweep sweep, String numerics) {
    assertThat(sweep.getStatus().getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(sweep.getStatus().getNumerics()).isEqualTo(numerics);
    assertThat(sweep.getStatus().getWaitingFor()).isEmpty();
    Map<String, TrialResult> results = new TreeMap<>();
    for (TrialSummary trial : trials(laboratory, sweep)) {
      String id = trial.getTrialId();
      TrialResult result = StoredMessage.TRIAL_RESULT.get(laboratory.store(), id);
      assertThat(result.getNumerics()).as(id).isEqualTo(numerics);
      assertThat(result.getBackend().startsWith("reference")).isEqualTo(isReference(numerics));
      assertThat(StoredMessage.TRIAL_NUMERICS.get(laboratory.store(), id).getNumerics())
          .isEqualTo(numerics);
      for (MeasurementSpec spec : sweep.getSpec().getMeasurementsList()) {
        String measurement = Ids.measurementId(new TrialId(id), spec).value();
        Measurement made = StoredMessage.MEASUREMENT.get(laboratory.store(), measurement);
        assertThat(made.getNumerics()).as(spec.getName()).isEqualTo(numerics);
      }
      results.put(id, result);
    }
    assertThat(results).hasSize(CELLS);
    Report report = StoredMessage.REPORT.get(laboratory.store(), sweep.getStatus().getSweepId());
    assertThat(report.getProvenance().getNumerics()).isEqualTo(numerics);
    assertThat(report.getProvenance().getBackendsList()).hasSize(1);
    return results;
  }

  private static boolean isReference(String numerics) {
    return numerics.equals("reference");
  }

  @Test
  void shouldKeepTwoFamiliesApartInOneBucketAndInEachSweep() throws Exception {
    try (Laboratory laboratory = SharedLaboratory.open("numerics")) {
      String waiting =
          laboratory.submit(study("waits", 10, "reference")).getSweep().getStatus().getSweepId();
      SweepStatus said =
          laboratory.await(waiting, status -> status.getCounts().getRunning() > 0).getStatus();
      assertThat(said.getWaitingFor())
          .startsWith("no trial worker of the numerics reference is there (there: ");
      Sweep alone = laboratory.run(study("alone", 1, ""));
      String nd4j = alone.getStatus().getNumerics();
      assertThat(nd4j).contains("-openblas-");
      Map<String, TrialResult> first = ofOneFamily(laboratory, alone, nd4j);
      assertThat(laboratory.await(waiting, status -> true).getStatus().getCounts().getDone())
          .isZero();
      try (HiredWorker trainer = hire(laboratory, "trainer");
          HiredWorker metrics = hire(laboratory, "metrics")) {
        trainer.awaitReady();
        metrics.awaitReady();
        trainer.awaitLog("this worker computes in the numerics reference");
        ofOneFamily(laboratory, laboratory.awaitEnd(waiting), "reference");
        sharedTrials(laboratory, first);
        newTrials(laboratory, nd4j);
      }
    }
  }

  /** What one family has done, the other does again, and neither touches the other's. */
  private static void sharedTrials(Laboratory laboratory, Map<String, TrialResult> first)
      throws Exception {
    String any = first.keySet().iterator().next();
    byte[] before = laboratory.store().get(ArtifactKeys.trialResult(any));
    Map<String, TrialResult> second =
        ofOneFamily(laboratory, laboratory.run(study("again", 1, "reference")), "reference");
    assertThat(second.keySet()).doesNotContainAnyElementsOf(first.keySet());
    assertThat(second.keySet())
        .isEqualTo(
            new TreeSet<>(
                first.keySet().stream()
                    .map(id -> Ids.trialIdWithin(new TrialId(id), "reference").value())
                    .toList()));
    assertThat(laboratory.store().get(ArtifactKeys.trialResult(any))).isEqualTo(before);
    for (TrialResult one : first.values()) {
      assertThat(second.values())
          .as("of " + one.getSpec().getSeed())
          .noneMatch(other -> other.getHistoryList().equals(one.getHistoryList()));
    }
  }

  /** All offers are open to workers of both. */
  private static void newTrials(Laboratory laboratory, String nd4j) throws Exception {
    List<String> sweeps =
        List.of(
            study("default", 20, ""),
            study("any", 20, "any"),
            study("of-nd4j", 20, nd4j),
            study("of-reference", 20, "reference"));
    List<String> ids =
        sweeps.stream()
            .map(text -> laboratory.submit(text).getSweep().getStatus().getSweepId())
            .toList();
    for (String id : ids) {
      Sweep ended = laboratory.awaitEnd(id);
      String numerics = ended.getStatus().getNumerics();
      assertThat(numerics).isIn(nd4j, "reference");
      ofOneFamily(laboratory, ended, numerics);
      if (id.startsWith("of-")) {
        assertThat(numerics).isEqualTo(id.startsWith("of-nd4j") ? nd4j : "reference");
      }
    }
  }

  private static HiredWorker hire(Laboratory laboratory, String service) throws Exception {
    return HiredWorker.join(laboratory, ReferenceApplication.of(service), service, REFERENCE);
  }
}
