package dev.rote.sweeps.workflow;

import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.RenewLeaseResponse;
import dev.rote.v1.SweepStatus;

/** What the writer of an event may want to know. */
public sealed interface Answer {

  /** Nobody asked. */
  record None() implements Answer {}

  /** To a claim. */
  record Claimed(ClaimWorkResponse response) implements Answer {}

  /** To a renewal. */
  record Renewed(RenewLeaseResponse.Order order) implements Answer {}

  /** To a submission. */
  record Submitted(boolean created, SweepStatus status) implements Answer {}

  /**
   * To a control that was obeyed.
   *
   * @param retried trials started again
   */
  record Controlled(SweepStatus status, long retried) implements Answer {}

  /** To a control that the phase does not allow. */
  record Refused(SweepStatus.Phase phase, String message) implements Answer {}

  /** To an event that could not be decided; the reason is a sentence. */
  record Undecided(String reason) implements Answer {}

  /** To the submission of a sweep whose id another sweep has already. */
  record Collided(String sweepId) implements Answer {}

  /** To a control of a sweep that is not there. */
  record Unknown(String sweepId) implements Answer {}
}
