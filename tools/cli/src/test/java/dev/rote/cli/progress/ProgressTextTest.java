package dev.rote.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.figures.WorkShare;
import dev.rote.v1.Progress;
import dev.rote.v1.Repeating;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.TrialCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProgressTextTest {
  @Test
  void bar_wideTerminal_hasABarOfFortyColumns() {
    assertThat(ProgressText.bar("demo", Statuses.running(), 160))
        .isEqualTo(
            "demo  [====================>                   ]   50%  9/20 done, 4 running, 1 failed"
                + "  3.2 epochs/s  ETA 1m20s");
  }

  @Test
  void bar_hundredColumns_fitsWithAShorterBar() {
    String line = ProgressText.bar("demo", Statuses.running(), 100);

    assertThat(line)
        .isEqualTo(
            "demo  [==============>             ]   50%  9/20 done, 4 running, 1 failed"
                + "  3.2 epochs/s  ETA 1m20s");
    assertThat(line.length()).isEqualTo(99);
  }

  @ParameterizedTest
  @CsvSource({"200", "120", "100", "80", "60", "40", "20", "1"})
  void bar_anyTerminal_neverWraps(int columns) {
    assertThat(ProgressText.bar("a-name-of-medium-length", Statuses.running(), columns).length())
        .isLessThan(Math.max(columns, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "75|demo   50%  9/20 done, 4 running, 1 failed  3.2 epochs/s  ETA 1m20s",
        "60|demo   50%  9/20 done, 4 running, 1 failed  ETA 1m20s",
        "50|demo   50%  9/20 done, 4 running, 1 failed",
        "40|demo  50%  9/20 done, 1 failed",
        "30|50%  9/20 done, 1 failed",
        "10|50%"
      })
  void bar_narrowTerminal_leavesOutWholeParts(int columns, String expected) {
    assertThat(ProgressText.bar("demo", Statuses.running(), columns)).isEqualTo(expected);
  }

  @Test
  void bar_longName_isShortened() {
    assertThat(ProgressText.bar("a-name-of-medium-length", Statuses.running(), 40))
        .isEqualTo("a-name-of-me…  50%  9/20 done, 1 failed");
  }

  @Test
  void bar_narrowTerminal_dropsTheBar() {
    assertThat(ProgressText.bar("demo", Statuses.running(), 80)).doesNotContain("[");
  }

  @Test
  void bar_completed_isFull() {
    assertThat(ProgressText.bar("demo", Statuses.completed(), 70))
        .isEqualTo("demo  [=================================]  100%  20/20 done, 3 reused");
  }

  @Test
  void plain_running_saysAll() {
    assertThat(ProgressText.plain("demo", Statuses.running()))
        .isEqualTo("demo: running 50%, 9/20 done, 4 running, 1 failed, 3.2 epochs/s, ETA 1m20s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PAUSED|demo: paused 50%, 9/20 done, 4 running, 1 failed, paused",
        "REPORTING|demo: reporting 50%, 9/20 done, 4 running, 1 failed, writing the report",
        "CANCELLED|demo: cancelled 50%, 9/20 done, 4 running, 1 failed"
      })
  void plain_otherPhases_haveNoPace(SweepStatus.Phase phase, String expected) {
    assertThat(ProgressText.plain("demo", Statuses.in(phase))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 claims open", "1, 1 claim open", "3, 3 claims open"})
  void trials_whileClaimsAreLookedAt_countOpenOnes(int open, String expected) {
    SweepStatus repeating =
        Statuses.running().toBuilder().setRepeating(Repeating.newBuilder().setOpen(open)).build();
    assertThat(ProgressText.trials(repeating))
        .isEqualTo("9/20 done, 4 running, 1 failed, " + expected);
  }

  @Test
  void plain_unknownPace_isLeftOut() {
    SweepStatus fresh =
        SweepStatus.newBuilder()
            .setPhase(SweepStatus.Phase.RUNNING)
            .setCounts(TrialCounts.newBuilder().setTotal(4).setPending(4))
            .setProgress(
                Statuses.running().getProgress().toBuilder()
                    .setEpochsDone(0)
                    .setEpochsPerSecond(0)
                    .setEtaSeconds(-1))
            .build();

    assertThat(ProgressText.plain("demo", fresh)).isEqualTo("demo: running 0%, 0/4 done");
    assertThat(
            ProgressText.plain(
                "demo", fresh.toBuilder().setWaitingFor("no trial worker fits").build()))
        .isEqualTo("demo: running 0%, 0/4 done; it waits: no trial worker fits");
  }

  @Test
  void fraction_trainedAndNotMeasured_isOfBoth() {
    SweepStatus measuring =
        SweepStatus.newBuilder()
            .setPhase(SweepStatus.Phase.RUNNING)
            .setCounts(TrialCounts.newBuilder().setTotal(4).setRunning(4))
            .setProgress(
                Progress.newBuilder()
                    .setEpochsDone(40)
                    .setEpochsTotal(40)
                    .setMeasurementsTotal(8)
                    .setShare(0.25)
                    .setEtaSeconds(90))
            .build();

    assertThat(ProgressText.plain("demo", measuring))
        .isEqualTo("demo: running 25%, 0/4 done, 4 running, ETA 1m30s");
  }

  @Test
  void fraction_notCompleted_staysBelowOne() {
    SweepStatus reporting =
        Statuses.completed().toBuilder().setPhase(SweepStatus.Phase.REPORTING).build();

    assertThat(WorkShare.of(reporting)).isEqualTo(0.99);
    assertThat(WorkShare.of(SweepStatus.getDefaultInstance())).isZero();
  }
}
