package dev.rote.sweeps.workflow;

import dev.rote.spec.Versions;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.WorkItem;
import dev.rote.v1.WorkRecord;
import dev.rote.v1.WorkersHeard;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether workers compute the semantic versions that work was admitted under. Work that only others
 * ask for is offered again, until one that fits comes or nobody expects one any more.
 */
final class Fitness {
  private static final int MOST_DOUBLINGS = 4;

  /** A worker that was heard of so lately is there still: it renews its lease far more often. */
  private static final long THERE_MILLIS = 120_000;

  private static final int MOST_NAMED = 3;
  private static final int MOST_REMEMBERED = 30;

  private final Turn turn;
  private final Works works;

  Fitness(Turn turn, Works works) {
    this.turn = turn;
    this.works = works;
  }

  private static Versions asked(WorkRecord.Builder work) {
    return Versions.parse(work.getItem().getVersions());
  }

  /** Whether a worker that asks for queued work computes what it needs; if not, it waits on. */
  boolean admits(WorkRecord.Builder work, Versions worker) {
    heard(work, worker);
    if (worker.fit(work.getItem().getWorkCase(), asked(work))) {
      if (work.getUnfitClaims() > 0) {
        work.clearUnfitClaims().clearUnfitSinceMillis();
      }
      turn.waitingSweeps(work.getWorkId()).forEach(SweepRecord.Builder::clearWaitingFor);
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

  /** The worker that has a piece of work is alive. */
  void renewed(WorkRecord.Builder work) {
    heard(work, asked(work));
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
    String kind = WorkKinds.word(work.getItem().getWorkCase());
    String others =
        turn.clock().getWorkersList().stream()
            .filter(workers -> workers.getKind().equals(kind))
            .map(WorkersHeard::getVersions)
            .filter(versions -> !versions.equals(asked(work).toString()))
            .sorted()
            .limit(MOST_NAMED)
            .collect(Collectors.joining(", "));
    return ("no %s worker computes the semantic versions %s (corruption/engine/metrics) of this"
            + " sweep, only %s: start one of that release, or submit the sweep again, to run as a"
            + " new one")
        .formatted(kind, asked(work), others);
  }

  /** Whether a worker that fits was heard of within a time. */
  private boolean isThere(WorkRecord.Builder work, long millis) {
    WorkItem.WorkCase kind = work.getItem().getWorkCase();
    return turn.clock().getWorkersList().stream()
        .filter(workers -> workers.getKind().equals(WorkKinds.word(kind)))
        .filter(workers -> turn.now() - workers.getLeaseMillis() < millis)
        .anyMatch(workers -> Versions.parse(workers.getVersions()).fit(kind, asked(work)));
  }

  private void heard(WorkRecord.Builder work, Versions versions) {
    String kind = WorkKinds.word(work.getItem().getWorkCase());
    WorkersHeard now =
        WorkersHeard.newBuilder()
            .setKind(kind)
            .setVersions(versions.toString())
            .setLeaseMillis(turn.now())
            .build();
    List<WorkersHeard> others =
        turn.clock().getWorkersList().stream()
            .filter(w -> !w.getKind().equals(kind) || !w.getVersions().equals(now.getVersions()))
            .toList();
    int forgotten = Math.max(0, others.size() + 1 - MOST_REMEMBERED);
    turn.clock()
        .clearWorkers()
        .addAllWorkers(others.subList(forgotten, others.size()))
        .addWorkers(now);
  }
}
