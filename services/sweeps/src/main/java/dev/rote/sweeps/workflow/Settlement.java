package dev.rote.sweeps.workflow;

import dev.rote.spec.Numerics;
import dev.rote.sweeps.workflow.WorkLifecycle.Trigger;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.WorkItem.WorkCase;
import dev.rote.v1.WorkRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * On which family of numerics sweeps run: the one that they name, one of the workers that are there
 * at admission, or that of the first worker that takes a trial or a measurement of theirs. Workers
 * get such work of their own family alone; what only others ask for waits, however long.
 */
final class Settlement {
  private static final int MOST_DOUBLINGS = 3;

  /* Where workers of several families serve one topic, the next to ask may well be of the right one. */
  private static final int OFFERED_AT_ONCE = 3;

  private static final String TRIAL = WorkKinds.word(WorkCase.TRAIN_TRIAL);
  private static final String MEASUREMENT = WorkKinds.word(WorkCase.MEASURE_TRIAL);

  private final Turn turn;
  private final Works works;
  private final Cells cells;
  private final Workers workers;

  Settlement(Turn turn, Works works, Cells cells, Workers workers) {
    this.turn = turn;
    this.works = works;
    this.cells = cells;
    this.workers = workers;
  }

  /** What becomes of a claim. */
  enum Admitted {
    /** The worker may have the work. */
    YES,
    /** It is for workers of another family. */
    NO,
    /** The sweeps that wanted it are settled now and want other work. */
    MOVED
  }

  /**
   * Whether a worker of a family may have queued work.
   *
   * @param numerics of the worker; empty for one from before families had names
   */
  Admitted admits(WorkRecord.Builder work, String numerics) {
    if (!WorkKinds.isOfNumerics(work.getItem().getWorkCase())) {
      return Admitted.YES;
    }
    if (work.getNumerics().isEmpty() && work.getHeldBy().isEmpty()) {
      /* All sweeps that wait for it are settled on this family next. */
      work.setNumerics(numerics);
    } else if (work.getNumerics().isEmpty()) {
      return admitsHeld(work, numerics);
    } else if (!work.getNumerics().equals(numerics)) {
      waitOn(work);
      return Admitted.NO;
    }
    work.clearForeignClaims();
    settle(work, numerics);
    return Admitted.YES;
  }

  /** Of a trial whose id another family has: which family this sweep runs on is all it is for. */
  private Admitted admitsHeld(WorkRecord.Builder work, String numerics) {
    boolean othersFirst =
        !numerics.equals(work.getHeldBy()) && workers.there(TRIAL, work.getHeldBy());
    if (numerics.isEmpty() || othersFirst) {
      waitOn(work);
      return Admitted.NO;
    }
    settle(work, numerics);
    works.withdraw(work.getWorkId());
    return Admitted.MOVED;
  }

  private void settle(WorkRecord.Builder work, String numerics) {
    if (numerics.isEmpty()) {
      return;
    }
    turn.waitingSweeps(work.getWorkId()).stream()
        .filter(sweep -> sweep.getNumerics().isEmpty())
        .forEach(sweep -> cells.settle(sweep, numerics));
  }

  private void waitOn(WorkRecord.Builder work) {
    int claims = work.getForeignClaims();
    work.setForeignClaims(claims + 1).setOffers(0);
    String kind = WorkKinds.word(work.getItem().getWorkCase());
    boolean lacking = !work.getNumerics().isEmpty() && !workers.there(kind, work.getNumerics());
    if (!lacking && claims < OFFERED_AT_ONCE) {
      works.offer(work);
    } else {
      int doublings = Math.min(Math.max(claims - OFFERED_AT_ONCE, 0), MOST_DOUBLINGS);
      works.schedule(work, turn.settings().backoffMillis() << doublings);
    }
    if (lacking) {
      turn.waitingSweeps(work.getWorkId()).stream()
          .filter(sweep -> sweep.getNumerics().equals(work.getNumerics()))
          .forEach(sweep -> sweep.setWaitingFor(lacking(kind, work.getNumerics())));
    }
  }

  private String lacking(String kind, String numerics) {
    return "no %s worker of the numerics %s is there (there: %s): it goes on when one is started"
        .formatted(kind, numerics, workers.families(kind));
  }

  /**
   * Settles a sweep as far as its spec says on which family it runs.
   *
   * @return whether its trials may be started
   */
  boolean begin(SweepRecord.Builder sweep) {
    if (!sweep.getNumerics().isEmpty()) {
      return true;
    }
    String written =
        turn.spec(sweep.getSweepId()).map(Sweep::getSpec).map(s -> s.getNumerics()).orElse("");
    if (!written.equals(Numerics.ANY)) {
      return true;
    }
    Optional<String> family = workers.family(TRIAL, kindsBeside(sweep));
    if (family.isEmpty()) {
      sweep.setWaitingFor(
          "no trial worker is there whose numerics could be taken (numerics: any): it begins when"
              + " one is started");
      turn.addUnsettled(sweep.getSweepId());
      return false;
    }
    turn.removeUnsettled(sweep.getSweepId());
    sweep.setNumerics(family.get()).clearWaitingFor();
    return true;
  }

  private Set<String> kindsBeside(SweepRecord.Builder sweep) {
    boolean measured =
        turn.spec(sweep.getSweepId())
            .filter(spec -> spec.getSpec().getMeasurementsCount() > 0)
            .isPresent();
    return measured ? Set.of(MEASUREMENT) : Set.of();
  }

  /** Settles a new sweep on the family that it names. */
  void submitted(SweepRecord.Builder sweep, Sweep spec) {
    Numerics.written(spec.getSpec().getNumerics())
        .ifPresent(
            numerics -> {
              sweep.setNumerics(numerics.name());
              if (!workers.there(TRIAL, numerics.name())) {
                sweep.setWaitingFor(lacking(TRIAL, numerics.name()));
              }
            });
  }

  /** A worker is there: sweeps that waited for one go on. */
  void announced(String kind, String numerics) {
    List<String> waiting = kind.equals(TRIAL) && !numerics.isEmpty() ? turn.unsettled() : List.of();
    for (String sweepId : waiting) {
      /* Whoever is looked at goes on at the end of the turn. */
      if (turn.sweep(sweepId).filter(s -> !SweepLifecycle.ended(s.getPhase())).isEmpty()) {
        turn.removeUnsettled(sweepId);
      }
    }
  }

  /**
   * Leased work on a trial found objects of another family under its id: the sweeps that want it
   * wait for it under the id within theirs.
   */
  void taken(WorkRecord.Builder work, String holder) {
    works.move(work, Trigger.UNWANTED);
    cells.giveTo(work, holder);
  }

  /** Whether it can be so: an id within a family is nobody else's. */
  static boolean canBeTaken(WorkRecord.Builder work, String holder) {
    return work.getItem().hasTrainTrial()
        && work.getItem().getTrainTrial().getNumerics().isEmpty()
        && !holder.isEmpty()
        && !holder.equals(work.getNumerics());
  }
}
