package dev.rote.sweeps.workflow;

import dev.rote.access.Caller;
import dev.rote.spec.Numerics;
import dev.rote.spec.Versions;
import dev.rote.v1.TrialResult;
import dev.rote.v1.WorkflowEvent;
import java.util.Optional;

/**
 * What events must be like for their ids to be keys of the state: the log is open to whoever can
 * write to its topic.
 */
final class EventChecks {
  private static final int LONGEST = 300;

  private EventChecks() {}

  /**
   * Checks an event.
   *
   * @throws UndecidableException saying what is wrong
   */
  static void require(WorkflowEvent event) {
    problem(event)
        .ifPresent(
            problem -> {
              throw new UndecidableException(problem);
            });
  }

  static boolean isWellFormed(WorkflowEvent event) {
    return problem(event).isEmpty();
  }

  private static Optional<String> problem(WorkflowEvent event) {
    return switch (event.getEventCase()) {
      case SWEEP_SUBMITTED ->
          id("sweep_id", event.getSweepSubmitted().getSweepId())
              .or(() -> versions(event.getSweepSubmitted().getVersions()))
              .or(() -> name("owner", event.getSweepSubmitted().getOwner()))
              .or(() -> name("group", event.getSweepSubmitted().getGroup()));
      case SWEEP_CONTROL_REQUESTED -> id("sweep_id", event.getSweepControlRequested().getSweepId());
      case SWEEP_ADVANCED -> id("sweep_id", event.getSweepAdvanced().getSweepId());
      case WORK_CLAIMED ->
          id("work_id", event.getWorkClaimed().getWorkId())
              .or(() -> brief("worker", event.getWorkClaimed().getWorker()))
              .or(() -> versions(event.getWorkClaimed().getVersions()))
              .or(() -> numerics(event.getWorkClaimed().getNumerics()))
              .or(() -> brief("event_id", event.getEventId()));
      case LEASE_RENEWED -> id("work_id", event.getLeaseRenewed().getWorkId());
      case WORK_COMPLETED ->
          id("work_id", event.getWorkCompleted().getWorkId())
              .or(() -> known(event.getWorkCompleted().getOutcome()));
      case WORK_FAILED ->
          id("work_id", event.getWorkFailed().getWorkId())
              .or(() -> numerics(event.getWorkFailed().getNumerics()));
      case WORKER_ANNOUNCED ->
          id("kind", event.getWorkerAnnounced().getKind())
              .or(() -> versions(event.getWorkerAnnounced().getVersions()))
              .or(() -> numerics(event.getWorkerAnnounced().getNumerics()));
      case WORK_YIELDED -> id("work_id", event.getWorkYielded().getWorkId());
      case CLOCK_TICKED, EVENT_NOT_SET -> Optional.empty();
    };
  }

  private static Optional<String> id(String field, String id) {
    boolean fits = !id.isEmpty() && id.length() <= LONGEST && id.chars().allMatch(Keys::isOfIds);
    return fits
        ? Optional.empty()
        : Optional.of(
            "%s must be 1 to %d letters, digits, '.', '_', '-' and '/', was '%s'"
                .formatted(field, LONGEST, Undecided.shortened(id)));
  }

  private static Optional<String> brief(String field, String text) {
    return text.length() <= LONGEST
        ? Optional.empty()
        : Optional.of(
            "%s must be at most %d characters, was of %d".formatted(field, LONGEST, text.length()));
  }

  private static Optional<String> name(String field, String name) {
    return name.isEmpty() || Caller.isName(name)
        ? Optional.empty()
        : Optional.of(
            "%s must be %s, was '%s'"
                .formatted(field, Caller.nameRule(), Undecided.shortened(name)));
  }

  private static Optional<String> versions(String versions) {
    Optional<String> tooLong = brief("versions", versions);
    return tooLong.isPresent() || Versions.isWellFormed(versions)
        ? tooLong
        : Optional.of("versions must be <corruption>/<engine>/<metrics>, was '" + versions + "'");
  }

  private static Optional<String> numerics(String numerics) {
    return numerics.isEmpty() || Numerics.isName(numerics)
        ? Optional.empty()
        : Optional.of(
            "numerics must be a name of [a-z0-9.-], was '" + Undecided.shortened(numerics) + "'");
  }

  private static Optional<String> known(TrialResult.Outcome outcome) {
    return outcome == TrialResult.Outcome.UNRECOGNIZED
        ? Optional.of("outcome must be one of the enum, was another")
        : Optional.empty();
  }
}
