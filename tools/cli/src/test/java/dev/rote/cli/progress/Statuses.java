package dev.rote.cli.progress;

import dev.rote.v1.Progress;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.TrialCounts;

/** Statuses for tests. */
public final class Statuses {
  private Statuses() {}

  /** 20 trials: 9 done, 4 running, 1 failed, 6 pending; 45 of 100 epochs. */
  public static SweepStatus running() {
    return SweepStatus.newBuilder()
        .setSweepId("demo-0a1b2c3d")
        .setPhase(SweepStatus.Phase.RUNNING)
        .setRevision(7)
        .setOwner("ada")
        .setCounts(
            TrialCounts.newBuilder()
                .setTotal(20)
                .setDone(9)
                .setRunning(4)
                .setFailed(1)
                .setPending(6))
        .setProgress(
            Progress.newBuilder()
                .setEpochsDone(45)
                .setEpochsTotal(100)
                .setEpochsPerSecond(3.24)
                .setEtaSeconds(80))
        .build();
  }

  /** 20 trials, all done. */
  public static SweepStatus completed() {
    return SweepStatus.newBuilder()
        .setSweepId("demo-0a1b2c3d")
        .setPhase(SweepStatus.Phase.COMPLETED)
        .setRevision(30)
        .setCounts(TrialCounts.newBuilder().setTotal(20).setDone(20).setReused(3))
        .build();
  }

  /** The running status in another phase. */
  public static SweepStatus in(SweepStatus.Phase phase) {
    return running().toBuilder().setPhase(phase).build();
  }
}
