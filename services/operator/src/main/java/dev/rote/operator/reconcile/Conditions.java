package dev.rote.operator.reconcile;

import dev.rote.operator.resource.SweepResourceStatus;
import dev.rote.operator.resource.SweepResourceStatus.Condition;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The conditions of a resource. A transition time moves only when a status does. */
final class Conditions {
  /** The sweeps service took the spec. */
  static final String ADMITTED = "Admitted";

  /** Trials or the report are worked on. */
  static final String RUNNING = "Running";

  /** There is a report. */
  static final String COMPLETE = "Complete";

  /** The sweep ended without one, and not because a user wanted so. */
  static final String FAILED = "Failed";

  private static final String TRUE = "True";
  private static final String FALSE = "False";
  private static final String UNKNOWN = "Unknown";

  private final @Nullable SweepResourceStatus before;
  private final long generation;
  private final String now;

  Conditions(@Nullable SweepResourceStatus before, long generation, Instant now) {
    this.before = before;
    this.generation = generation;
    this.now = now.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Of a sweep whose spec was admitted. */
  List<Condition> of(SweepStatus status) {
    return withState(
        condition(ADMITTED, TRUE, "Admitted", "the sweep " + status.getSweepId() + " is declared"),
        status);
  }

  /** Of a sweep that runs as an earlier spec had it. */
  List<Condition> refused(Outcome.Refused refused, SweepStatus status) {
    return withState(condition(ADMITTED, FALSE, refused.reason(), refused.message()), status);
  }

  /** Of a resource that has no sweep. */
  List<Condition> refused(Outcome.Refused refused) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(condition(ADMITTED, FALSE, refused.reason(), refused.message()));
    for (String type : List.of(RUNNING, COMPLETE, FAILED)) {
      conditions.add(condition(type, FALSE, "Refused", "there is no sweep"));
    }
    return conditions;
  }

  /** Of a resource whose spec could not be handed in; the rest stays as it was. */
  List<Condition> unknown(String message) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(condition(ADMITTED, UNKNOWN, "SweepsUnavailable", message));
    if (before != null) {
      before.conditions().stream()
          .filter(condition -> !condition.type().equals(ADMITTED))
          .forEach(conditions::add);
    }
    return conditions;
  }

  private List<Condition> withState(Condition admitted, SweepStatus status) {
    Phase phase = status.getPhase();
    String reason = camelCase(phase);
    boolean works = phase == Phase.RUNNING || phase == Phase.REPORTING;
    return List.of(
        admitted,
        condition(RUNNING, works ? TRUE : FALSE, reason, running(status)),
        condition(COMPLETE, phase == Phase.COMPLETED ? TRUE : FALSE, reason, told(phase)),
        condition(FAILED, phase == Phase.FAILED ? TRUE : FALSE, reason, failure(status)));
  }

  private static String told(Phase phase) {
    return switch (phase) {
      case RUNNING -> "trials run";
      case PAUSED -> "no trial is started until spec.suspend is false or taken out";
      case REPORTING -> "all trials ended, figures are made";
      case COMPLETED -> "the report is stored";
      case FAILED -> "the failure budget is spent or the report failed";
      case CANCELLED -> "the sweep was cancelled";
      case UNSPECIFIED, UNRECOGNIZED -> "nothing is known yet";
    };
  }

  private static String running(SweepStatus status) {
    return status.getWaitingFor().isEmpty() ? told(status.getPhase()) : status.getWaitingFor();
  }

  private static String failure(SweepStatus status) {
    if (status.getPhase() != Phase.FAILED || status.getFailuresCount() == 0) {
      return told(status.getPhase());
    }
    var last = status.getFailures(status.getFailuresCount() - 1);
    return told(Phase.FAILED)
        + "; last: "
        + (last.getTrialId().isEmpty() ? "" : "trial " + last.getTrialIndex() + ", ")
        + last.getStep()
        + ": "
        + last.getReason();
  }

  static String camelCase(Phase phase) {
    String word = phase.name();
    return word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
  }

  private Condition condition(String type, String status, String reason, String message) {
    String since =
        before == null
            ? now
            : before
                .condition(type)
                .filter(known -> known.status().equals(status))
                .map(Condition::lastTransitionTime)
                .orElse(now);
    return new Condition(type, status, reason, message, since, generation);
  }
}
