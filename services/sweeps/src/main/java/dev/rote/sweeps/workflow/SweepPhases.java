package dev.rote.sweeps.workflow;

import dev.rote.sweeps.workflow.SweepLifecycle.Trigger;
import dev.rote.v1.SweepEvent;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;

/** Has sweeps enter phases, and tells the world. */
final class SweepPhases {
  private final Turn turn;

  SweepPhases(Turn turn) {
    this.turn = turn;
  }

  /** Enters the phase that a trigger leads to, if it leads to one. */
  void follow(SweepRecord.Builder sweep, Trigger trigger) {
    SweepLifecycle.next(sweep.getPhase(), trigger).ifPresent(phase -> enter(sweep, phase));
  }

  void enter(SweepRecord.Builder sweep, Phase phase) {
    sweep.setPhase(phase).setTransitioned(turn.time()).clearWaitingFor();
    announce(sweep);
  }

  /** Tells the world where a sweep stands. */
  void announce(SweepRecord.Builder sweep) {
    SweepStatus status = SweepStatuses.of(sweep.build(), turn.time());
    SweepEvent.Builder event =
        SweepEvent.newBuilder()
            .setSweepId(sweep.getSweepId())
            .setSweepName(sweep.getName())
            .setPhase(sweep.getPhase())
            .setTime(turn.time())
            .setCounts(status.getCounts())
            .setReportUri(status.getReportUri());
    if (status.hasVerdicts()) {
      event.setVerdicts(status.getVerdicts());
    }
    turn.command(new Command.Announce(event.build()));
  }
}
