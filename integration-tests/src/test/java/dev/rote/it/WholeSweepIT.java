package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.GetResultsRequest;
import dev.rote.v1.ListTrialsRequest;
import dev.rote.v1.Report;
import dev.rote.v1.SubmitSweepResponse;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialCounts;
import dev.rote.v1.TrialSummary;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A whole sweep through Kafka, S3 and gRPC. */
@ExtendWith(SharedLaboratory.class)
class WholeSweepIT {

  @Test
  void shouldEndWithJudgedFiguresWhenASweepIsSubmitted(Laboratory laboratory) throws Exception {
    Sweep sweep = laboratory.run(TinySweep.named("whole", 1, 3));
    String id = sweep.getStatus().getSweepId();
    assertThat(sweep.getStatus().getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(sweep.getStatus().getCounts())
        .isEqualTo(TrialCounts.newBuilder().setTotal(4).setDone(4).build());
    assertThat(laboratory.findings(sweep)).hasSize(4 * 4);

    Report report =
        laboratory
            .sweeps()
            .getResults(GetResultsRequest.newBuilder().setSweep("whole").build())
            .getReport();
    assertThat(report.getFigures(0).getPanels(0).getSeriesList()).hasSize(4);
    JsonObject verdicts =
        JsonParser.parseString(text(laboratory, id, "verdicts.json")).getAsJsonObject();
    assertThat(verdicts.get("sweep").getAsString()).isEqualTo("whole");
    JsonArray claims =
        verdicts.getAsJsonArray("figures").get(0).getAsJsonObject().getAsJsonArray("claims");
    assertThat(claims.get(0).getAsJsonObject().get("holds").getAsBoolean()).isTrue();
    assertThat(claims.get(1).getAsJsonObject().get("holds").getAsBoolean()).isFalse();
    assertThat(text(laboratory, id, "figures/accuracy.svg")).startsWith("<svg");
    assertThat(text(laboratory, id, "report.html"))
        .contains("Training on real data gets above chance");
  }

  @Test
  void shouldListEveryTrialOnceWhenPagesAreSmall(Laboratory laboratory) throws Exception {
    laboratory.run(TinySweep.named("pages", 5, 3));
    String token = "";
    int seen = 0;
    do {
      var page =
          laboratory
              .sweeps()
              .listTrials(
                  ListTrialsRequest.newBuilder()
                      .setSweep("pages")
                      .setPageSize(3)
                      .setPageToken(token)
                      .build());
      for (TrialSummary trial : page.getTrialsList()) {
        assertThat(trial.getIndex()).isEqualTo(seen++);
        assertThat(trial.getState()).isEqualTo(TrialSummary.State.DONE);
      }
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(seen).isEqualTo(4);
  }

  @Test
  void shouldRunNothingAgainWhenAnotherSweepHasTheSameTrials(Laboratory laboratory)
      throws Exception {
    Sweep first = laboratory.run(TinySweep.named("first", 11, 2));
    Map<String, Object> findings = laboratory.findings(first);
    Sweep second = laboratory.run(TinySweep.named("second", 11, 2));
    assertThat(second.getStatus().getCounts().getReused()).isEqualTo(4);
    assertThat(laboratory.findings(second)).isEqualTo(findings);
  }

  @Test
  void shouldAnswerWithTheSameSweepWhenItIsSubmittedTwice(Laboratory laboratory) throws Exception {
    String text = TinySweep.named("twice", 21, 2);
    SubmitSweepResponse one = laboratory.submit(text);
    SubmitSweepResponse two = laboratory.submit(text);
    assertThat(one.getCreated()).isTrue();
    assertThat(two.getCreated()).isFalse();
    assertThat(two.getSweep().getStatus().getSweepId())
        .isEqualTo(one.getSweep().getStatus().getSweepId());
    Sweep done = laboratory.awaitEnd(one.getSweep().getStatus().getSweepId());
    assertThat(done.getStatus().getCounts().getDone()).isEqualTo(4);
    assertThat(laboratory.submit(text).getCreated()).isFalse();
  }

  @Test
  void shouldKeepOnlyTheLastCheckpointWhenRetentionSaysSo(Laboratory laboratory) throws Exception {
    String text =
        TinySweep.named("pruned", 31, 3)
            .replace("repetitions: 2", "repetitions: 1\n  retention: {checkpoints: FINAL}");
    Sweep sweep = laboratory.run(text);
    for (TrialSummary trial :
        laboratory
            .sweeps()
            .listTrials(ListTrialsRequest.newBuilder().setSweep("pruned").build())
            .getTrialsList()) {
      assertThat(awaitKeys(laboratory, ArtifactKeys.checkpoints(trial.getTrialId()), 1))
          .isEqualTo(1);
    }
    assertThat(sweep.getStatus().getPhase()).isEqualTo(Phase.COMPLETED);
  }

  private static int awaitKeys(Laboratory laboratory, String prefix, int wanted)
      throws InterruptedException {
    int found = -1;
    for (int i = 0; i < 300 && found != wanted; i++) {
      found = laboratory.store().list(prefix, "", 100).size();
      Thread.sleep(100);
    }
    return found;
  }

  private static String text(Laboratory laboratory, String sweepId, String path) {
    return new String(laboratory.reportFile(sweepId, path), StandardCharsets.UTF_8);
  }
}
