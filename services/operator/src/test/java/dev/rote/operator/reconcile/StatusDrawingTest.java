package dev.rote.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.operator.resource.SweepResourceStatus;
import dev.rote.v1.Progress;
import dev.rote.v1.Repeating;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialCounts;
import dev.rote.v1.VerdictCounts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusDrawingTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private static SweepResourceStatus draw(
      @Nullable SweepResourceStatus before, SweepStatus status, Instant now) {
    return new StatusDrawing("rote").draw(before, 1, new Outcome.Followed(status), now);
  }

  private static SweepStatus.Builder sweep(Phase phase, double etaSeconds) {
    return SweepStatus.newBuilder()
        .setSweepId("s-1")
        .setPhase(phase)
        .setCounts(TrialCounts.newBuilder().setTotal(60).setDone(12))
        .setProgress(
            Progress.newBuilder().setEpochsDone(299).setEpochsTotal(600).setEtaSeconds(etaSeconds));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "0.2, 1s",
    "59, 59s",
    "59.1, 1m0s",
    "200, 3m20s",
    "3599.5, 1h0m",
    "5400, 1h30m",
    "86399, 23h59m",
    "90000, 1d1h",
    "-1,"
  })
  void eta_ofRunningSweep_hasTwoUnits(double seconds, @Nullable String shown) {
    assertThat(draw(null, sweep(Phase.RUNNING, seconds).build(), START).eta()).isEqualTo(shown);
  }

  @Test
  void eta_ofPausedSweep_isNone() {
    assertThat(draw(null, sweep(Phase.PAUSED, 200).build(), START).eta()).isNull();
  }

  @Test
  void percent_ofRunningSweep_isRoundedDown() {
    SweepResourceStatus status = draw(null, sweep(Phase.RUNNING, 200).build(), START);
    assertThat(status.progress()).isEqualTo(new SweepResourceStatus.Progress(299, 600, 49));
    assertThat(status.trials()).isEqualTo("12/60");
  }

  @Test
  void percent_withMeasurements_isOfBoth() {
    SweepStatus.Builder measuring = sweep(Phase.RUNNING, 200);
    measuring.getProgressBuilder().setEpochsDone(600).setMeasurementsTotal(60).setShare(0.319);
    SweepResourceStatus status = draw(null, measuring.build(), START);
    assertThat(status.progress()).isEqualTo(new SweepResourceStatus.Progress(600, 600, 31));
  }

  @Test
  void verdicts_whileClaimsAreLookedAt_countOpenOnes() {
    VerdictCounts.Builder counts =
        VerdictCounts.newBuilder().setHolding(2).setFailing(1).setUndecided(3);
    SweepStatus.Builder fixed = sweep(Phase.RUNNING, 200).setVerdicts(counts);
    assertThat(draw(null, fixed.build(), START).verdicts())
        .isEqualTo(new SweepResourceStatus.Verdicts(2, 1, 3, null, null));
    SweepStatus.Builder repeating =
        sweep(Phase.RUNNING, 200)
            .setVerdicts(counts.setFutile(1).setOpen(2))
            .setRepeating(Repeating.newBuilder().setLooks(2).setOpen(2));
    SweepResourceStatus status = draw(null, repeating.build(), START);
    assertThat(status.verdicts()).isEqualTo(new SweepResourceStatus.Verdicts(2, 1, 3, 1L, 2L));
    assertThat(status.claims()).isEqualTo("2/6");
  }

  @Test
  void conditions_thatStay_keepTheirTransitionTime() {
    SweepResourceStatus first = draw(null, sweep(Phase.RUNNING, 200).build(), START);
    SweepResourceStatus later =
        draw(first, sweep(Phase.RUNNING, 100).build(), START.plusSeconds(100));
    assertThat(later.conditions()).isEqualTo(first.conditions());
    SweepResourceStatus paused =
        draw(later, sweep(Phase.PAUSED, -1).build(), START.plusSeconds(200));
    assertThat(paused.condition("Running").orElseThrow().lastTransitionTime())
        .isEqualTo("2026-03-01T12:03:20Z");
    assertThat(paused.condition("Admitted")).isEqualTo(first.condition("Admitted"));
  }
}
