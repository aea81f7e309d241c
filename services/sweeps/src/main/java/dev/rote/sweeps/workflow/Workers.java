package dev.rote.sweeps.workflow;

import com.google.protobuf.util.Timestamps;
import dev.rote.spec.Versions;
import dev.rote.v1.WorkItem.WorkCase;
import dev.rote.v1.WorkersHeard;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which workers were heard of: what they compute, and when that was. */
final class Workers {
  /** Workers tell that they are there far more often. */
  private static final long THERE_MILLIS = 100_000;

  private static final int MOST_NAMED = 3;
  private static final int MOST_REMEMBERED = 30;

  private final Turn turn;

  Workers(Turn turn) {
    this.turn = turn;
  }

  /** One that takes a kind of work was heard of now. */
  void heard(String kind, Versions versions, String numerics) {
    WorkersHeard now =
        WorkersHeard.newBuilder()
            .setKind(kind)
            .setVersions(versions.toString())
            .setNumerics(numerics)
            .setLeaseMillis(turn.now())
            .setTimeMillis(time())
            .build();
    List<WorkersHeard> others =
        turn.clock().getWorkersList().stream().filter(w -> !same(w, now)).toList();
    int forgotten = Math.max(0, others.size() + 1 - MOST_REMEMBERED);
    turn.clock()
        .clearWorkers()
        .addAllWorkers(others.subList(forgotten, others.size()))
        .addWorkers(now);
  }

  private static boolean same(WorkersHeard one, WorkersHeard other) {
    return one.getKind().equals(other.getKind())
        && one.getVersions().equals(other.getVersions())
        && one.getNumerics().equals(other.getNumerics());
  }

  private long time() {
    return Timestamps.toMillis(turn.time());
  }

  /** Versions that workers of a kind compute, but for these; a few of them. */
  String otherVersions(String kind, Versions versions) {
    return turn.clock().getWorkersList().stream()
        .filter(workers -> workers.getKind().equals(kind))
        .map(WorkersHeard::getVersions)
        .filter(others -> !others.equals(versions.toString()))
        .distinct()
        .sorted()
        .limit(MOST_NAMED)
        .collect(Collectors.joining(", "));
  }

  /** Whether one of versions that fit was heard of within a time of the clock of leases. */
  boolean fitting(WorkCase kind, Versions asked, long leaseMillis) {
    return turn.clock().getWorkersList().stream()
        .filter(workers -> workers.getKind().equals(WorkKinds.word(kind)))
        .filter(workers -> turn.now() - workers.getLeaseMillis() < leaseMillis)
        .anyMatch(workers -> Versions.parse(workers.getVersions()).fit(kind, asked));
  }

  /** Whether workers of a kind and a family of numerics are there. */
  boolean there(String kind, String numerics) {
    return thereOf(kind).stream().anyMatch(workers -> workers.getNumerics().equals(numerics));
  }

  private List<WorkersHeard> thereOf(String kind) {
    return turn.clock().getWorkersList().stream()
        .filter(workers -> workers.getKind().equals(kind) && !workers.getNumerics().isEmpty())
        .filter(workers -> Math.abs(time() - workers.getTimeMillis()) < THERE_MILLIS)
        .toList();
  }

  /** Families of numerics of the workers of a kind that are there, in words; a few of them. */
  String families(String kind) {
    String families =
        thereOf(kind).stream()
            .map(WorkersHeard::getNumerics)
            .distinct()
            .sorted()
            .limit(MOST_NAMED)
            .collect(Collectors.joining(", "));
    return families.isEmpty() ? "none" : families;
  }

  /**
   * The family of numerics of workers that are there and heard of last, one of those that have
   * workers of all kinds where there is one.
   *
   * @param kind that must be there
   * @param others that should be
   */
  Optional<String> family(String kind, Set<String> others) {
    Comparator<WorkersHeard> complete =
        Comparator.comparing(w -> others.stream().allMatch(o -> there(o, w.getNumerics())));
    return thereOf(kind).stream()
        .max(
            complete
                .thenComparingLong(WorkersHeard::getTimeMillis)
                .thenComparing(WorkersHeard::getNumerics))
        .map(WorkersHeard::getNumerics);
  }
}
