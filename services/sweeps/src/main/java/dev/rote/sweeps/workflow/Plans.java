package dev.rote.sweeps.workflow;

import dev.rote.spec.Versions;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepRecordOrBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Plans of the sweeps looked at last. A sweep's id is a hash of what its plan follows from, so that
 * a plan never goes stale. Safe for use by several threads.
 */
public final class Plans {
  private static final int KEPT = 64;

  private final SweepPlan.Planner planner;
  private final Map<String, SweepPlan> plans = new LinkedHashMap<>(KEPT, 0.75f, true);

  public Plans(SweepPlan.Planner planner) {
    this.planner = planner;
  }

  /**
   * The plan of a sweep, under the versions that it was submitted under; its spec is asked for only
   * when the plan is not at hand.
   */
  public synchronized SweepPlan of(SweepRecordOrBuilder sweep, Supplier<Sweep> spec) {
    SweepPlan plan = plans.get(sweep.getSweepId());
    if (plan == null) {
      plan = planner.plan(spec.get(), Versions.parse(sweep.getVersions()));
      plans.put(sweep.getSweepId(), plan);
      if (plans.size() > KEPT) {
        plans.remove(plans.keySet().iterator().next());
      }
    }
    return plan;
  }

  /** Forgets a plan whose sweep was not taken in after all. */
  synchronized void forget(String sweepId) {
    plans.remove(sweepId);
  }
}
