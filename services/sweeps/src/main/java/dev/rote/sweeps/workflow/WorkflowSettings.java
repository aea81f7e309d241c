package dev.rote.sweeps.workflow;

/**
 * Constants of the workflow, all times on the lease clock. Changing them changes what a replay
 * decides only for events that were not decided yet.
 *
 * @param leaseMillis time within which a worker must renew
 * @param reofferMillis time after which queued work that nobody claims is offered again, doubled
 *     with each offer up to 64 times
 * @param backoffMillis time before a failed attempt is offered again, doubled with each failure
 * @param unfitPatienceMillis time in which only workers of other semantic versions ask for work,
 *     and after which no other is expected
 * @param maxTickMillis most that one tick advances the clock
 * @param stallMillis time without progress after which a lease is renewed no more
 * @param startsPerEvent cells that one event starts at most; the rest follows by events of its own
 * @param timersPerTick timers that one tick fires at most
 */
public record WorkflowSettings(
    long leaseMillis,
    long reofferMillis,
    long backoffMillis,
    long unfitPatienceMillis,
    long maxTickMillis,
    long stallMillis,
    int startsPerEvent,
    int timersPerTick) {

  public WorkflowSettings {
    require("leaseMillis", leaseMillis);
    require("reofferMillis", reofferMillis);
    require("backoffMillis", backoffMillis);
    require("unfitPatienceMillis", unfitPatienceMillis);
    require("maxTickMillis", maxTickMillis);
    require("stallMillis", stallMillis);
    require("startsPerEvent", startsPerEvent);
    require("timersPerTick", timersPerTick);
  }

  private static void require(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
  }

  /** The settings of a service that was not told otherwise. */
  public static WorkflowSettings defaults() {
    return new WorkflowSettings(30_000, 180_000, 2_000, 600_000, 3_000, 43_200_000, 200, 500);
  }
}
