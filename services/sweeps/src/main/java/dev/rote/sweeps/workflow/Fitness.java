package dev.rote.sweeps.workflow;

import dev.rote.spec.Versions;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.WorkItem.WorkCase;
import dev.rote.v1.WorkRecord;
import java.util.Optional;

/**
 * Whether workers compute the semantic versions that work was admitted under. Work that only others
 * ask for is offered again, until one that fits comes or nobody expects one any more.
 */
final class Fitness {
  private static final int MOST_DOUBLINGS = 4;

  /** A worker that was heard of so lately is there still: it renews its lease far more often. */
  private static final long THERE_MILLIS = 120_000;

  private final Turn turn;
  private final Works works;
  private final Workers workers;

  Fitness(Turn turn, Works works, Workers workers) {
    this.turn = turn;
    this.works = works;
    this.workers = workers;
  }

  private static Versions asked(WorkRecord.Builder work) {
    return Versions.parse(work.getItem().getVersions());
  }

  /** Whether a worker of some versions computes what work needs; nothing is noted. */
  static boolean fits(WorkRecord.Builder work, Versions worker) {
    return worker.fit(work.getItem().getWorkCase(), asked(work));
  }

  /**
   * Whether a worker that asks for queued work computes what it needs; if not, it waits on.
   *
   * @param numerics family that the worker computes in
   */
  boolean admits(WorkRecord.Builder work, Versions worker, String numerics) {
    workers.heard(kind(work), worker, numerics);
    if (worker.fit(work.getItem().getWorkCase(), asked(work))) {
      if (work.getUnfitClaims() > 0) {
        work.clearUnfitClaims().clearUnfitSinceMillis();
      }
      turn.waitingSweeps(work.getWorkId()).stream()
          .filter(this::lacksNoNumerics)
          .forEach(SweepRecord.Builder::clearWaitingFor);
      return true;
    }
    if (work.getUnfitClaims() == 0) {
      work.setUnfitSinceMillis(turn.now());
    }
    int doublings = Math.min(work.getUnfitClaims(), MOST_DOUBLINGS);
    work.setUnfitClaims(work.getUnfitClaims() + 1).setOffers(0);
    works.schedule(work, turn.settings().backoffMillis() << doublings);
    if (!isThere(work, THERE_MILLIS)) {
      String sentence = sentence(work);
      turn.waitingSweeps(work.getWorkId()).forEach(sweep -> sweep.setWaitingFor(sentence));
    }
    return false;
  }

  /* What a sweep says of missing numerics is said until a worker of them takes its work. */
  private boolean lacksNoNumerics(SweepRecord.Builder sweep) {
    return sweep.getNumerics().isEmpty()
        || workers.there(WorkKinds.word(WorkCase.TRAIN_TRIAL), sweep.getNumerics());
  }

  private static String kind(WorkRecord.Builder work) {
    return WorkKinds.word(work.getItem().getWorkCase());
  }

  /** The worker that has a piece of work is alive. */
  void renewed(WorkRecord.Builder work) {
    workers.heard(kind(work), asked(work), work.getNumerics());
  }

  /**
   * Why work is not offered again: too long none but workers of other versions asked for it.
   *
   * @return empty while one may come
   */
  Optional<String> hopeless(WorkRecord.Builder work) {
    long patience = turn.settings().unfitPatienceMillis();
    boolean over = work.getUnfitClaims() > 0 && turn.now() - work.getUnfitSinceMillis() >= patience;
    return over && !isThere(work, Math.max(patience, THERE_MILLIS))
        ? Optional.of(Undecided.shortened(sentence(work)))
        : Optional.empty();
  }

  private String sentence(WorkRecord.Builder work) {
    return ("no %s worker computes the semantic versions %s (corruption/engine/metrics) of this"
            + " sweep, only %s: start one of that release, or submit the sweep again, to run as a"
            + " new one")
        .formatted(kind(work), asked(work), workers.otherVersions(kind(work), asked(work)));
  }

  /** Whether a worker that fits was heard of within a time. */
  private boolean isThere(WorkRecord.Builder work, long millis) {
    return workers.fitting(work.getItem().getWorkCase(), asked(work), millis);
  }
}
