package dev.rote.operator.reconcile;

import dev.rote.v1.SweepStatus;
import org.jspecify.annotations.Nullable;

/** What the sweeps service says of a resource. */
sealed interface Outcome {

  /** The sweep as it stands; the resource's spec is handed in. */
  record Followed(SweepStatus status) implements Outcome {}

  /**
   * The door refuses the spec.
   *
   * @param lasting whether only another spec can change that
   * @param running the sweep of an earlier spec
   */
  record Refused(String reason, String message, boolean lasting, @Nullable SweepStatus running)
      implements Outcome {}

  /** Nobody answers; the call is repeated. */
  record Unreachable(String message) implements Outcome {}
}
