package dev.rote.sweeps.workflow;

import dev.rote.v1.OwnerTurns;
import dev.rote.v1.WorkItem.WorkCase;
import dev.rote.v1.WorkRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whose turn it is: owners of queued work of one kind and one family of numerics take turns, a
 * piece each, however much each of them has queued. Offers lie in their topic in the order in which
 * they were made; a worker that claims one may be granted another in its place.
 */
final class Turns {

  /*
   * Start-time fair queueing with equal costs. An owner that has work in a queue has a number, that of its next turn;
   * who is served has the least and gets the next; who comes gets the one after that of whoever was served last, so
   * that nobody saves turns up while away. A worker of a family also takes work of sweeps that are settled on none yet,
   * which lies in a queue of its own: owners that have nothing but such work come as if they came now.
   */

  private static final int PLACES = 1_000;

  /** Owners, and pieces of each, that are looked at for one that fits, before what was offered. */
  private static final int MOST_TRIED = 8;

  private final Turn turn;
  private int entered;

  Turns(Turn turn) {
    this.turn = turn;
  }

  private record Candidate(String queue, String owner, long number) {}

  private static boolean isTakenInTurns(WorkCase kind) {
    return switch (kind) {
      case MATERIALIZE_VARIANT, TRAIN_TRIAL, MEASURE_TRIAL -> true;
      case WRITE_REPORT, PRUNE_TRIAL, JUDGE_LOOK, WORK_NOT_SET -> false;
    };
  }

  private static String queue(WorkCase kind, String family) {
    return WorkKinds.word(kind) + "/" + family;
  }

  /** Work is queued from now on. */
  void enter(WorkRecord.Builder work) {
    WorkCase kind = work.getItem().getWorkCase();
    if (!isTakenInTurns(kind)) {
      return;
    }
    String queue = queue(kind, work.getNumerics());
    work.setQueue(queue).setPlace(turn.sequence() * PLACES + Math.min(entered, PLACES - 1));
    entered++;
    changes().mark(key(work));
    if (number(queue, work.getOwner()).isEmpty()) {
      put(queue, work.getOwner(), served(queue) + 1);
    }
  }

  /** Work is queued no more. */
  void leave(WorkRecord.Builder work) {
    if (work.getQueue().isEmpty()) {
      return;
    }
    changes().delete(key(work));
    String others = Keys.queued(work.getQueue(), work.getOwner());
    if (changes().keys(others, Keys.after(others), 1).isEmpty()) {
      changes().delete(Keys.turns(work.getQueue(), work.getOwner()));
    }
    work.clearQueue().clearPlace();
  }

  /** The family of queued work has become another. */
  void move(WorkRecord.Builder work) {
    if (!work.getQueue().isEmpty()) {
      leave(work);
      enter(work);
    }
  }

  /** Work of an owner is granted to a worker of a family: that was its turn. */
  void served(WorkRecord.Builder work, String family) {
    WorkCase kind = work.getItem().getWorkCase();
    if (!isTakenInTurns(kind)) {
      return;
    }
    String queue = queue(kind, family);
    Optional<Long> number = number(queue, work.getOwner());
    long had = number.orElse(served(queue) + 1);
    turn.clock().putTurns(queue, Math.max(served(queue), had));
    if (number.isPresent()) {
      put(queue, work.getOwner(), had + 1);
    }
  }

  /**
   * Queued work of an owner whose turn comes before that of the owner of what is asked for.
   *
   * @param family of the worker that asks
   * @param fits whether that worker may have a piece of work
   */
  Optional<WorkRecord.Builder> before(
      WorkRecord.Builder asked, String family, Predicate<WorkRecord.Builder> fits) {
    WorkCase kind = asked.getItem().getWorkCase();
    if (!isTakenInTurns(kind)) {
      return Optional.empty();
    }
    return owners(kind, family).stream()
        .filter(candidate -> isBefore(candidate, asked, queue(kind, family)))
        .sorted(Comparator.comparingLong(Candidate::number).thenComparing(Candidate::owner))
        .limit(MOST_TRIED)
        .flatMap(candidate -> first(candidate, fits).stream())
        .findFirst();
  }

  private boolean isBefore(Candidate candidate, WorkRecord.Builder asked, String queue) {
    if (candidate.owner().equals(asked.getOwner())) {
      return false;
    }
    long number = number(queue, asked.getOwner()).orElse(served(queue) + 1);
    /* Who was never served in the queue goes before who is in it, at equal numbers. */
    boolean comes = !candidate.queue().equals(queue) && asked.getQueue().equals(queue);
    return candidate.number() < number || (comes && candidate.number() == number);
  }

  private List<Candidate> owners(WorkCase kind, String family) {
    String own = queue(kind, family);
    List<Candidate> found = new ArrayList<>(numbers(own));
    if (!family.isEmpty()) {
      for (Candidate unsettled : numbers(queue(kind, ""))) {
        if (number(own, unsettled.owner()).isEmpty()) {
          found.add(new Candidate(unsettled.queue(), unsettled.owner(), served(own) + 1));
        }
      }
    }
    return found;
  }

  private List<Candidate> numbers(String queue) {
    List<Candidate> found = new ArrayList<>();
    String prefix = Keys.turns(queue);
    changes()
        .scan(
            prefix,
            Keys.after(prefix),
            (key, value) -> {
              OwnerTurns turns = Entries.parse(key, value, OwnerTurns.parser());
              found.add(new Candidate(queue, key.substring(prefix.length()), turns.getNext()));
              return true;
            });
    return found;
  }

  private Optional<WorkRecord.Builder> first(
      Candidate candidate, Predicate<WorkRecord.Builder> fits) {
    String queued = Keys.queued(candidate.queue(), candidate.owner());
    return changes().keys(queued, Keys.after(queued), MOST_TRIED).stream()
        .filter(this::isReadable)
        .flatMap(key -> turn.work(Keys.last(key)).stream())
        .filter(fits)
        .findFirst();
  }

  /* What cannot be read is set aside when it is asked for itself, and costs nobody else a turn. */
  private boolean isReadable(String key) {
    String workId = Keys.last(key);
    boolean[] there = new boolean[1];
    Optional<Undecided> failure =
        turn.attempt("queued work " + workId, () -> there[0] = turn.work(workId).isPresent());
    boolean readable = failure.isEmpty() && there[0];
    if (!readable) {
      changes().delete(key);
    }
    return readable;
  }

  private long served(String queue) {
    return turn.clock().getTurnsOrDefault(queue, 0);
  }

  private Optional<Long> number(String queue, String owner) {
    return changes().read(Keys.turns(queue, owner), OwnerTurns.parser()).map(OwnerTurns::getNext);
  }

  private void put(String queue, String owner, long next) {
    changes().put(Keys.turns(queue, owner), OwnerTurns.newBuilder().setNext(next).build());
  }

  private static String key(WorkRecord.Builder work) {
    return Keys.queued(work.getQueue(), work.getOwner(), work.getPlace(), work.getWorkId());
  }

  private Changes changes() {
    return turn.changes();
  }
}
