package dev.rote.sweeps.doors;

import dev.rote.grpcerrors.ApiException;
import dev.rote.spec.Ids;
import dev.rote.sweeps.admission.Admission;
import dev.rote.sweeps.kafka.WorkflowEngine;
import dev.rote.sweeps.workflow.Answer;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepSubmitted;
import dev.rote.v1.WorkflowEvent;
import java.util.function.Consumer;

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

  private SweepSubmitted admit(Sweep sweep, Consumer<String> warnings) {
    SweepSubmitted admitted = admission.admit(sweep, warnings);
    engine
        .view()
        .spec(admitted.getSweepId())
        .filter(there -> !Ids.sameSweep(there, admitted.getSweep()))
        .ifPresent(
            other -> {
              throw collision(admitted);
            });
    return admitted;
  }

  private static ApiException collision(SweepSubmitted admitted) {
    return ApiException.alreadyExists(
        "sweep",
        admitted.getSweepId(),
        "the id "
            + admitted.getSweepId()
            + " is that of another sweep, by a chance collision of hashes: submit this one under"
            + " another name");
  }

  /**
   * Checks a sweep without starting it.
   *
   * @param warnings takes what may not be meant, a sentence each
   */
  public Sweep check(Sweep sweep, Consumer<String> warnings) {
    SweepSubmitted admitted = admit(sweep, warnings);
    return admitted.getSweep().toBuilder()
        .setStatus(SweepStatus.newBuilder().setSweepId(admitted.getSweepId()))
        .build();
  }

  /**
   * Checks a sweep and starts it, unless the same sweep is there already.
   *
   * @param warnings takes what may not be meant, a sentence each
   */
  public Entry submit(Sweep sweep, Consumer<String> warnings) {
    SweepSubmitted admitted = admit(sweep, warnings);
    Answer answer = engine.log().ask(WorkflowEvent.newBuilder().setSweepSubmitted(admitted));
    if (answer instanceof Answer.Collided) {
      throw collision(admitted);
    }
    if (answer instanceof Answer.Undecided undecided) {
      throw ApiException.precondition(
          "SWEEP_UNDECIDABLE",
          admitted.getSweepId(),
          "sweep " + admitted.getSweepId() + " was not taken in: " + undecided.reason());
    }
    Answer.Submitted submitted = (Answer.Submitted) answer;
    return new Entry(
        admitted.getSweep().toBuilder().setStatus(submitted.status()).build(), submitted.created());
  }
}
