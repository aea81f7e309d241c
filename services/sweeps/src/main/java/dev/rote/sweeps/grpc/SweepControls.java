package dev.rote.sweeps.grpc;

import dev.rote.grpcerrors.ApiException;
import dev.rote.sweeps.kafka.WorkflowEngine;
import dev.rote.sweeps.workflow.Answer;
import dev.rote.v1.SweepControlRequested;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.WorkflowEvent;

/** Steers sweeps: asks the workflow and tells what it decided. */
final class SweepControls {
  private final WorkflowEngine engine;

  SweepControls(WorkflowEngine engine) {
    this.engine = engine;
  }

  /**
   * Asks for a change and waits for the decision.
   *
   * @throws ApiException {@code FAILED_PRECONDITION} when the sweep does not allow it, {@code
   *     NOT_FOUND} when it is none
   */
  Answer.Controlled ask(String id, Control control) {
    Answer answer =
        engine
            .log()
            .ask(
                WorkflowEvent.newBuilder()
                    .setSweepControlRequested(
                        SweepControlRequested.newBuilder().setSweepId(id).setControl(control)));
    if (answer instanceof Answer.Refused refused) {
      throw ApiException.precondition(
          "SWEEP_" + refused.phase(), id, id + ": " + refused.message());
    }
    if (answer instanceof Answer.Unknown) {
      throw unknown(id);
    }
    if (answer instanceof Answer.Undecided undecided) {
      throw ApiException.precondition("SWEEP_UNDECIDABLE", id, id + ": " + undecided.reason());
    }
    return (Answer.Controlled) answer;
  }

  static ApiException unknown(String sweep) {
    return ApiException.notFound(
        "sweep", Pages.brief(sweep), "no sweep has the id or name '" + Pages.brief(sweep) + "'");
  }
}
