package dev.rote.sweeps.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.spec.SweepDefaults;
import dev.rote.spec.SweepFiles;
import dev.rote.sweeps.admission.GridPlan;
import dev.rote.sweeps.workflow.Workplace.Lease;
import dev.rote.v1.Look;
import dev.rote.v1.Repeating;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.SweepEvent;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.VerdictCounts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sweeps that repeat until their claims are judged. */
class RepeatingTest {
  private static final String FILE =
      """
      apiVersion: rote.dev/v1
      kind: Sweep
      metadata: {name: repeating}
      spec:
        trial: {dataset: {name: strokes}, model: {mlp: {hidden: [8]}}, training: {epochs: 10}}
        axes:
        - {name: width, field: "model.mlp.hidden", values: [[8], [16], [32]]}
        REPETITIONS
        figures:
        - name: f
          claims:
          - {claim: first, value: {metric: {kind: TRAIN_ACCURACY}, label: "[8]"}}
          - {claim: second, value: {metric: {kind: TRAIN_ACCURACY}, label: "[16]"}}
          - {claim: third, value: {metric: {kind: TRAIN_ACCURACY}, label: "[32]"}}
      """;

  private final Workplace place = new Workplace();

  private static Sweep sweep(String repetitions) {
    Sweep sweep = SweepFiles.parse(FILE.replace("REPETITIONS", repetitions), "repeating.yaml");
    return sweep.toBuilder().setSpec(SweepDefaults.fill(sweep.getSpec())).build();
  }

  private List<String> trials() {
    List<String> trials = new ArrayList<>();
    place.state.scan(
        "work/trial/",
        "work/trial0",
        (key, value) -> {
          trials.add(key.substring("work/".length()));
          return true;
        });
    return trials;
  }

  @Test
  void fixedSweep_afterARepeatingOne_runsNoTrialTwice() {
    place.restart(GridPlan::of);
    place.submit("r", sweep("repeat: {looks: [3, 5, 8]}"));
    place.workOff();
    SweepStatus repeated = place.status("r");
    assertThat(repeated.getPhase()).isEqualTo(Phase.COMPLETED);
    // All cells three times; the first claim is closed then, the second after five, the third after
    // eight.
    long run = 3 * 3 + 2 * 2 + 3;
    assertThat(repeated.getCounts().getTotal()).isEqualTo(run);
    assertThat(trials()).hasSize((int) run);
    place.submit("f", sweep("repetitions: 8"));
    place.workOff();
    SweepStatus fixed = place.status("f");
    assertThat(fixed.getCounts().getDone()).isEqualTo(3 * 8);
    assertThat(fixed.getCounts().getReused()).isEqualTo(run);
    assertThat(trials()).hasSize(3 * 8);
    assertThat(trials()).allMatch(trial -> place.work(trial).getAttempt() == 1);
    place.submit("again", sweep("repeat: {looks: [3, 8]}"));
    place.workOff();
    assertThat(trials()).hasSize(3 * 8);
    assertThat(place.status("again").getCounts().getReused())
        .isEqualTo(place.status("again").getCounts().getDone());
  }

  @Test
  void status_andEvents_countOpenClaims() {
    place.restart(GridPlan::of);
    place.submit("r", sweep("repeat: {looks: [3, 5, 8]}"));
    Repeating before = place.status("r").getRepeating();
    assertThat(before.getOpen()).isEqualTo(3);
    assertThat(before.getRepetitions()).isEqualTo(3);
    assertThat(before.getMostTrials()).isEqualTo(24);
    Lease look = workOffTo("look/r/2");
    SweepStatus status = place.status("r");
    assertThat(status.getRepeating().getLooks()).isEqualTo(1);
    assertThat(status.getRepeating().getOpenClaimsList()).containsExactly("second", "third");
    assertThat(status.getVerdicts())
        .isEqualTo(VerdictCounts.newBuilder().setHolding(1).setUndecided(2).setOpen(2).build());
    SweepEvent told = place.announced.get(place.announced.size() - 1);
    assertThat(told.getPhase()).isEqualTo(Phase.RUNNING);
    assertThat(told.getVerdicts()).isEqualTo(status.getVerdicts());
    place.complete(look.workId(), look.attempt());
    place.workOff();
    assertThat(place.status("r").getRepeating().getOpen()).isZero();
    assertThat(new WorkflowView(place.state()).looks("r"))
        .extracting(Look::getRepetitions)
        .containsExactly(3, 5, 8);
  }

  @Test
  void lookThatIsCancelled_isTakenAgainAfterARetry() {
    place.restart(GridPlan::of);
    place.submit("r", sweep("repeat: {looks: [3, 5, 8]}"));
    Lease look = workOffTo("look/r/1");
    place.control("r", Control.CANCEL);
    place.complete(look.workId(), look.attempt());
    assertThat(place.record("r").getLooks()).isZero();
    place.control("r", Control.RETRY_FAILED);
    place.workOff();
    assertThat(place.status("r").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.record("r").getLooks()).isEqualTo(3);
  }

  @Test
  void lookThatCannotBeTaken_failsTheSweep_untilARetry() {
    place.restart(GridPlan::of);
    place.submit("r", sweep("repeat: {looks: [3, 5, 8]}"));
    Lease look = workOffTo("look/r/1");
    place.fail(look.workId(), look.attempt(), "FIGURE_BROKEN", false);
    assertThat(place.status("r").getPhase()).isEqualTo(Phase.FAILED);
    assertThat(place.status("r").getFailures(0).getStep()).isEqualTo("judge");
    place.control("r", Control.RETRY_FAILED);
    place.workOff();
    assertThat(place.status("r").getPhase()).isEqualTo(Phase.COMPLETED);
  }

  private Lease workOffTo(String workId) {
    while (!place.offers.element().getWorkId().equals(workId)) {
      place.completeNext();
    }
    return place.take();
  }
}
