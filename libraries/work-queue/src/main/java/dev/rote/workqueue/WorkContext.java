package dev.rote.workqueue;

import dev.rote.v1.RenewLeaseResponse;
import dev.rote.v1.TrialProgress;

/** What a handler knows about its lease while it works. Safe for use by several threads. */
public interface WorkContext {

  /** Leaves the newest progress for the next heartbeat to carry. */
  void report(TrialProgress progress);

  /** Leaves how much of the work is done, in [0, 1], for the next heartbeat to carry. */
  default void report(double share) {}

  /**
   * The order in force: {@code CONTINUE}; {@code YIELD}: checkpoint and return {@link
   * WorkOutcome.Yielded}; {@code ABANDON}: stop and return {@link WorkOutcome.Abandoned}.
   */
  RenewLeaseResponse.Order order();

  /** Number of the attempt, from 1. */
  int attempt();

  /** Whether the order is anything but {@code CONTINUE}. */
  default boolean shouldStop() {
    return order() != RenewLeaseResponse.Order.CONTINUE;
  }
}
