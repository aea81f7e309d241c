package dev.rote.sweeps.workflow;

import static dev.rote.v1.WorkRecord.Status.DONE;
import static dev.rote.v1.WorkRecord.Status.FAILED;
import static dev.rote.v1.WorkRecord.Status.IDLE;
import static dev.rote.v1.WorkRecord.Status.LEASED;
import static dev.rote.v1.WorkRecord.Status.QUEUED;

import dev.rote.v1.WorkRecord.Status;
import java.util.Map;
import java.util.Optional;

/** States of a piece of work, as a table. */
final class WorkLifecycle {

  /** What happens to work. */
  enum Trigger {
    /** An active sweep wants it. */
    WANTED,
    /** No active sweep wants it any more. */
    UNWANTED,
    /** A worker takes it. */
    CLAIMED,
    /** A worker whose lease had expired is alive after all. */
    READOPTED,
    /** A worker gives it back, willingly or not, and it is wanted still. */
    GIVEN_BACK,
    /** It ended well. */
    COMPLETED,
    /** It will not be tried again. */
    GIVEN_UP,
    /** Its outcome is void, or is to be tried again. */
    RESET
  }

  /** From, trigger, to: all there is. */
  static final Map<Status, Map<Trigger, Status>> TABLE =
      Map.of(
          IDLE,
          Map.of(
              Trigger.WANTED, QUEUED,
              Trigger.COMPLETED, DONE),
          QUEUED,
          Map.of(
              Trigger.CLAIMED, LEASED,
              Trigger.READOPTED, LEASED,
              Trigger.UNWANTED, IDLE,
              Trigger.COMPLETED, DONE),
          LEASED,
          Map.of(
              Trigger.GIVEN_BACK, QUEUED,
              Trigger.UNWANTED, IDLE,
              Trigger.COMPLETED, DONE,
              Trigger.GIVEN_UP, FAILED),
          DONE,
          Map.of(Trigger.RESET, IDLE),
          FAILED,
          Map.of(Trigger.RESET, IDLE));

  private WorkLifecycle() {}

  /** The status after a trigger, empty where the table has none. */
  static Optional<Status> next(Status from, Trigger trigger) {
    return Optional.ofNullable(TABLE.getOrDefault(from, Map.of()).get(trigger));
  }
}
