package dev.rote.sweeps.doors;

import dev.rote.sweeps.admission.Admission;
import dev.rote.sweeps.kafka.WorkflowEngine;
import dev.rote.sweeps.workflow.Answer;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepSubmitted;
import dev.rote.v1.WorkflowEvent;

/** Takes sweeps in: checks them and writes them to the log. */
public final class Door {
  private final Admission admission;
  private final WorkflowEngine engine;

  public Door(Admission admission, WorkflowEngine engine) {
    this.admission = admission;
    this.engine = engine;
  }

  /**
   * A sweep that was let in.
   *
   * @param sweep all defaults filled in
   * @param created false when the same sweep was there already
   */
  public record Entry(Sweep sweep, boolean created) {}

  /** Checks a sweep without starting it. */
  public Sweep check(Sweep sweep) {
    SweepSubmitted admitted = admission.admit(sweep);
    return admitted.getSweep().toBuilder()
        .setStatus(SweepStatus.newBuilder().setSweepId(admitted.getSweepId()))
        .build();
  }

  /** Checks a sweep and starts it, unless the same sweep is there already. */
  public Entry submit(Sweep sweep) {
    SweepSubmitted admitted = admission.admit(sweep);
    Answer answer = engine.log().ask(WorkflowEvent.newBuilder().setSweepSubmitted(admitted));
    Answer.Submitted submitted = (Answer.Submitted) answer;
    return new Entry(
        admitted.getSweep().toBuilder().setStatus(submitted.status()).build(), submitted.created());
  }
}
