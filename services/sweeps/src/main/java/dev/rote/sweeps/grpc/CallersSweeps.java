package dev.rote.sweeps.grpc;

import dev.rote.access.Caller;
import dev.rote.grpcerrors.ApiException;
import dev.rote.sweeps.doors.Submitter;
import dev.rote.sweeps.workflow.Owners;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.v1.SweepRecord;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sweeps that the caller of a method may see, and those that it may steer. */
public final class CallersSweeps {
  private final Supplier<@Nullable Caller> callers;

  /**
   * @param callers says who makes the call that the current thread serves
   */
  public CallersSweeps(Supplier<@Nullable Caller> callers) {
    this.callers = callers;
  }

  private Caller caller() {
    return Objects.requireNonNull(callers.get(), "a call came in past the gate");
  }

  /** The caller's name. */
  String name() {
    return caller().name();
  }

  Submitter submitter() {
    return Submitter.of(caller());
  }

  Predicate<SweepRecord> visible() {
    Caller caller = caller();
    return sweep -> Owners.of(sweep).mayRead(caller);
  }

  /**
   * A sweep that the caller may see.
   *
   * @throws ApiException {@code NOT_FOUND} for others, so that their names are nobody's to guess
   */
  SweepRecord find(WorkflowView view, String sweep) {
    if (sweep.isEmpty()) {
      throw ApiException.invalid("sweep", "must be the id or the name of a sweep, was \"\"");
    }
    String caller = name();
    return view.sweep(sweep, each -> each.getOwner().equals(caller), visible())
        .orElseThrow(() -> SweepControls.unknown(sweep));
  }

  /**
   * A sweep that the caller may steer.
   *
   * @throws ApiException {@code PERMISSION_DENIED} for one that it may only see
   */
  SweepRecord steered(WorkflowView view, String sweep) {
    SweepRecord found = find(view, sweep);
    Caller caller = caller();
    if (!Owners.of(found).maySteer(caller)) {
      throw ApiException.denied(
          "NOT_OWNER",
          "%s is %s's, who submitted it first, and %s may read it and not steer it: ask %s, or submit it"
                  .formatted(found.getSweepId(), found.getOwner(), caller.name(), found.getOwner())
              + " under another name; trials that are done are not run again for that");
    }
    return found;
  }
}
