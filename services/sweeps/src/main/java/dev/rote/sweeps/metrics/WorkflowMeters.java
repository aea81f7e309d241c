package dev.rote.sweeps.metrics;

import dev.rote.grpcerrors.ApiException;
import dev.rote.sweeps.workflow.WorkKinds;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialCounts;
import dev.rote.v1.WorkCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The meters of the workflow. A replica that has no state says NaN: it does not know, and none is
 * not the same as zero.
 */
public final class WorkflowMeters implements MeterBinder {
  /** A scrape reads a dozen meters of one moment. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  private static final Map<String, ToLongFunction<TrialCounts>> STATES =
      Map.of(
          "pending", TrialCounts::getPending,
          "running", TrialCounts::getRunning,
          "done", TrialCounts::getDone,
          "failed", TrialCounts::getFailed,
          "cancelled", TrialCounts::getCancelled);

  private final Supplier<WorkflowView> view;
  private final LongSupplier nanos;
  private @Nullable WorkflowSnapshot snapshot;
  private long taken;
  private double completed;

  /**
   * @param view the state; throws UNAVAILABLE while there is none
   */
  public WorkflowMeters(Supplier<WorkflowView> view) {
    this(view, System::nanoTime);
  }

  WorkflowMeters(Supplier<WorkflowView> view, LongSupplier nanos) {
    this.view = view;
    this.nanos = nanos;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (String kind : WorkKinds.words()) {
      work(registry, kind, "queued", WorkCounts::getQueued);
      work(registry, kind, "leased", WorkCounts::getLeased);
      Gauge.builder("rote.work.outstanding", () -> value(now -> outstanding(now.work(kind))))
          .description("Work that waits for a worker or is done by one: what workers scale on")
          .tag("kind", kind)
          .register(registry);
    }
    for (Phase phase : EnumSet.complementOf(EnumSet.of(Phase.UNSPECIFIED, Phase.UNRECOGNIZED))) {
      Gauge.builder("rote.sweeps", () -> value(now -> now.sweeps(phase)))
          .description("Sweeps by phase")
          .tag("phase", phase.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    STATES.forEach(
        (state, count) ->
            Gauge.builder("rote.trials", () -> value(now -> count.applyAsLong(now.trials())))
                .description("Trials of all sweeps by state")
                .tag("state", state)
                .register(registry));
    FunctionCounter.builder("rote.trials.completed", this, WorkflowMeters::completed)
        .description("Trials that ended with a result, of all time")
        .register(registry);
  }

  private void work(
      MeterRegistry registry, String kind, String state, ToLongFunction<WorkCounts> count) {
    Gauge.builder("rote.work", () -> value(now -> count.applyAsLong(now.work(kind))))
        .description("Work that has not ended, by kind and by whether a worker has it")
        .tag("kind", kind)
        .tag("state", state)
        .register(registry);
  }

  private static long outstanding(WorkCounts work) {
    return work.getQueued() + work.getLeased();
  }

  /* A sweep whose results are gone starts over, but a counter may not go back. */
  private synchronized double completed() {
    double done = value(now -> now.trials().getDone());
    completed = Double.isNaN(done) ? completed : Math.max(completed, done);
    return completed;
  }

  private synchronized double value(ToLongFunction<WorkflowSnapshot> of) {
    long now = nanos.getAsLong();
    if (snapshot == null || now - taken > FRESH.toNanos()) {
      try {
        snapshot = WorkflowSnapshot.of(view.get());
      } catch (ApiException e) {
        snapshot = null;
        return Double.NaN;
      }
      taken = now;
    }
    return of.applyAsLong(snapshot);
  }
}
