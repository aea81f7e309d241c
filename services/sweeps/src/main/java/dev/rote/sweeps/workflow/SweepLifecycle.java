package dev.rote.sweeps.workflow;

import static dev.rote.v1.SweepStatus.Phase.CANCELLED;
import static dev.rote.v1.SweepStatus.Phase.COMPLETED;
import static dev.rote.v1.SweepStatus.Phase.FAILED;
import static dev.rote.v1.SweepStatus.Phase.PAUSED;
import static dev.rote.v1.SweepStatus.Phase.REPORTING;
import static dev.rote.v1.SweepStatus.Phase.RUNNING;

import dev.rote.v1.SweepStatus.Phase;
import java.util.Map;
import java.util.Optional;

/** Phases of a sweep, as a table. A trigger that leads to the phase itself changes nothing. */
final class SweepLifecycle {

  /** What happens to sweeps. */
  enum Trigger {
    PAUSE,
    RESUME,
    CANCEL,
    /** Failed or cancelled trials are to be started again. */
    RETRY,
    /** All trials ended within the failure budget. */
    TRIALS_ENDED,
    /** The failure budget is spent and no trial is in flight any more. */
    BUDGET_SPENT,
    REPORT_WRITTEN,
    REPORT_FAILED,
    /** A look at claims could not be taken. */
    LOOK_FAILED,
    /** Results of done trials are gone, and are to be made again. */
    RESULTS_GONE,
    /** What comes next cannot be decided. */
    UNDECIDABLE
  }

  /** From, trigger, to: all there is. */
  static final Map<Phase, Map<Trigger, Phase>> TABLE =
      Map.of(
          RUNNING,
          Map.of(
              Trigger.PAUSE, PAUSED,
              Trigger.RESUME, RUNNING,
              Trigger.CANCEL, CANCELLED,
              Trigger.TRIALS_ENDED, REPORTING,
              Trigger.BUDGET_SPENT, FAILED,
              Trigger.LOOK_FAILED, FAILED,
              Trigger.UNDECIDABLE, FAILED),
          PAUSED,
          Map.of(
              Trigger.PAUSE, PAUSED,
              Trigger.RESUME, RUNNING,
              Trigger.CANCEL, CANCELLED,
              Trigger.LOOK_FAILED, FAILED,
              Trigger.UNDECIDABLE, FAILED),
          REPORTING,
          Map.of(
              Trigger.RESUME, REPORTING,
              Trigger.CANCEL, CANCELLED,
              Trigger.REPORT_WRITTEN, COMPLETED,
              Trigger.REPORT_FAILED, FAILED,
              Trigger.RESULTS_GONE, RUNNING,
              Trigger.UNDECIDABLE, FAILED),
          COMPLETED,
          Map.of(Trigger.RETRY, RUNNING),
          FAILED,
          Map.of(Trigger.RETRY, RUNNING),
          CANCELLED,
          Map.of(
              Trigger.CANCEL, CANCELLED,
              Trigger.RETRY, RUNNING));

  private SweepLifecycle() {}

  /** The phase after a trigger, empty where the table has none. */
  static Optional<Phase> next(Phase from, Trigger trigger) {
    return Optional.ofNullable(TABLE.getOrDefault(from, Map.of()).get(trigger));
  }

  /** Whether a sweep of this phase has ended. */
  static boolean ended(Phase phase) {
    return phase == COMPLETED || phase == FAILED || phase == CANCELLED;
  }
}
