package dev.rote.sweeps.workflow;

import dev.rote.v1.SweepRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sweeps that a turn looks at: each is read once, changed in place and written at the end. */
final class SweepsSeen {
  private final Changes changes;
  private final Journal journal;
  private final Map<String, Optional<SweepRecord.Builder>> sweeps = new LinkedHashMap<>();
  private final Map<String, SweepRecord> before = new HashMap<>();
  private Set<String> noted = new HashSet<>();

  SweepsSeen(Changes changes, Journal journal) {
    this.changes = changes;
    this.journal = journal;
  }

  Optional<SweepRecord.Builder> get(String sweepId) {
    Optional<SweepRecord.Builder> known = sweeps.get(sweepId);
    if (known == null) {
      Optional<SweepRecord> stored = changes.read(Keys.sweep(sweepId), SweepRecord.parser());
      stored.ifPresent(sweep -> before.put(sweepId, sweep));
      known = stored.map(SweepRecord::toBuilder);
      sweeps.put(sweepId, known);
    }
    if (noted.add(sweepId)) {
      known.ifPresent(this::note);
    }
    return known;
  }

  private void note(SweepRecord.Builder sweep) {
    SweepRecord now = sweep.build();
    journal.note(() -> sweep.clear().mergeFrom(now));
  }

  void add(SweepRecord.Builder sweep) {
    sweeps.put(sweep.getSweepId(), Optional.of(sweep));
    journal.note(() -> sweeps.remove(sweep.getSweepId()));
  }

  /** From now on sweeps are noted in the journal when they are next asked for. */
  Set<String> noteAnew() {
    Set<String> until = noted;
    noted = new HashSet<>();
    return until;
  }

  /** These are noted already. */
  void noteOnlyBeyond(Set<String> already) {
    noted = already;
  }

  /** Ids of those that are there. */
  List<String> ids() {
    return sweeps.entrySet().stream()
        .filter(entry -> entry.getValue().isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  void write() {
    sweeps.forEach((id, sweep) -> sweep.ifPresent(this::writeIfChanged));
  }

  private void writeIfChanged(SweepRecord.Builder sweep) {
    if (!sweep.build().equals(before.get(sweep.getSweepId()))) {
      sweep.setRevision(sweep.getRevision() + 1);
      changes.put(Keys.sweep(sweep.getSweepId()), sweep.build());
    }
  }
}
