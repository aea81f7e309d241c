package dev.rote.sweeps.doors;

import dev.rote.grpcerrors.ApiException;
import dev.rote.spec.Grid;
import dev.rote.spec.Ids;
import dev.rote.sweeps.admission.Admission;
import dev.rote.sweeps.kafka.WorkflowEngine;
import dev.rote.sweeps.workflow.Answer;
import dev.rote.sweeps.workflow.Owners;
import dev.rote.sweeps.workflow.SweepStatuses;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepSubmitted;
import dev.rote.v1.WorkflowEvent;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Takes sweeps in: checks them and writes them to the log. */
public final class Door {
  private final Admission admission;
  private final WorkflowEngine engine;
  private final Quotas quotas;

  /** Held from the look at what an owner has under way until one more is decided on. */
  private final ReentrantLock room = new ReentrantLock();

  public Door(Admission admission, WorkflowEngine engine, Quotas quotas) {
    this.admission = admission;
    this.engine = engine;
    this.quotas = quotas;
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
   * @param submitter whose it is then
   * @param warnings takes what may not be meant, a sentence each
   * @throws ApiException {@code RESOURCE_EXHAUSTED} when the submitter has as much under way as it
   *     may
   */
  public Entry submit(Sweep sweep, Submitter submitter, Consumer<String> warnings) {
    SweepSubmitted admitted = submitter.sign(admit(sweep, warnings));
    if (!quotas.areSet()) {
      return enter(admitted, submitter, warnings);
    }
    room.lock();
    try {
      requireRoom(admitted);
      return enter(admitted, submitter, warnings);
    } finally {
      room.unlock();
    }
  }

  private void requireRoom(SweepSubmitted admitted) {
    WorkflowView view = engine.view();
    SweepSpec spec = admitted.getSweep().getSpec();
    Optional<SweepRecord> there = view.sweep(admitted.getSweepId());
    if (there.isEmpty()) {
      quotas.require(
          view,
          admitted.getOwner(),
          new Quotas.Added(1, Grid.of(spec).size(), admitted.getMostBytes()));
      return;
    }
    if (Integer.compareUnsigned(spec.getRetryFailed(), there.get().getRetries()) > 0) {
      requireRoom(there.get());
    }
    requireRoomForMore(view, there.get(), admitted);
  }

  /* Who lets a sweep under way keep more checkpoints asks for more. */
  private void requireRoomForMore(WorkflowView view, SweepRecord sweep, SweepSubmitted admitted) {
    long more = admitted.getMostBytes() - sweep.getMostBytes();
    if (more > 0
        && SweepStatuses.isUnderWay(sweep.getPhase())
        && Owners.maySteer(sweep, admitted)) {
      quotas.require(view, sweep.getOwner(), new Quotas.Added(0, 0, more));
    }
  }

  /**
   * Has a sweep that has ended started again, if its owner may have it under way now.
   *
   * @param sweep as it is
   * @param start has it decided
   * @throws ApiException {@code RESOURCE_EXHAUSTED} when it may not
   */
  public <T> T startAgain(Supplier<SweepRecord> sweep, Supplier<T> start) {
    if (!quotas.areSet()) {
      return start.get();
    }
    room.lock();
    try {
      requireRoom(sweep.get());
      return start.get();
    } finally {
      room.unlock();
    }
  }

  private void requireRoom(SweepRecord sweep) {
    if (!SweepStatuses.isUnderWay(sweep.getPhase())) {
      quotas.require(
          engine.view(),
          sweep.getOwner(),
          new Quotas.Added(1, sweep.getTotal() - sweep.getDone(), sweep.getMostBytes()));
    }
  }

  private Entry enter(SweepSubmitted admitted, Submitter submitter, Consumer<String> warnings) {
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
    SweepStatus status = submitted.status();
    if (!submitter.steersAll() && !Owners.of(status).maySteer(submitter.caller())) {
      warnings.accept(
          "this sweep is %s's, who submitted it first: %s reads it, and what is submitted of how it runs is not"
                  .formatted(status.getOwner(), submitter.caller().name())
              + " taken over; under another name it is a sweep of its own");
    }
    return new Entry(
        admitted.getSweep().toBuilder().setStatus(status).build(), submitted.created());
  }
}
