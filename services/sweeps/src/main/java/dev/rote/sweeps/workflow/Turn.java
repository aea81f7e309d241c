package dev.rote.sweeps.workflow;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.Timestamp;
import dev.rote.v1.CellRecord;
import dev.rote.v1.ClockRecord;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.WorkCounts;
import dev.rote.v1.WorkRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The state as one event sees and changes it. */
final class Turn {
  private static final int ALL = Integer.MAX_VALUE;

  private final Changes changes;
  private final Plans plans;
  private final WorkflowSettings settings;
  private final Timestamp time;
  private final ClockRecord.Builder clock;
  private final Map<String, Optional<SweepRecord.Builder>> sweeps = new LinkedHashMap<>();
  private final Map<String, SweepRecord> before = new HashMap<>();
  private final List<Command> commands = new ArrayList<>();

  Turn(StateReader state, Plans plans, WorkflowSettings settings, Timestamp time) {
    this.changes = new Changes(state);
    this.plans = plans;
    this.settings = settings;
    this.time = time;
    this.clock =
        read(Keys.CLOCK, ClockRecord.parser()).orElse(ClockRecord.getDefaultInstance()).toBuilder();
    clock.setSequence(clock.getSequence() + 1);
  }

  WorkflowSettings settings() {
    return settings;
  }

  Timestamp time() {
    return time;
  }

  ClockRecord.Builder clock() {
    return clock;
  }

  long now() {
    return clock.getLeaseMillis();
  }

  long sequence() {
    return clock.getSequence();
  }

  void command(Command command) {
    commands.add(command);
  }

  /** The sweep, shared by all that ask in this turn and written at its end. */
  Optional<SweepRecord.Builder> sweep(String sweepId) {
    Optional<SweepRecord.Builder> known = sweeps.get(sweepId);
    if (known == null) {
      Optional<SweepRecord> stored = read(Keys.sweep(sweepId), SweepRecord.parser());
      stored.ifPresent(sweep -> before.put(sweepId, sweep));
      known = stored.map(SweepRecord::toBuilder);
      sweeps.put(sweepId, known);
    }
    return known;
  }

  /** Sweeps that were looked at in this turn. */
  Collection<SweepRecord.Builder> sweepsSeen() {
    return sweeps.values().stream().flatMap(Optional::stream).toList();
  }

  void addSweep(SweepRecord.Builder sweep, Sweep spec) {
    sweeps.put(sweep.getSweepId(), Optional.of(sweep));
    putSpec(sweep.getSweepId(), spec);
    changes.putText(Keys.newest(sequence()), sweep.getSweepId());
    changes.putText(Keys.named(sweep.getName()), sweep.getSweepId());
  }

  void putSpec(String sweepId, Sweep spec) {
    changes.put(Keys.spec(sweepId), spec);
  }

  SweepPlan plan(String sweepId) {
    return plans.of(
        sweepId,
        () ->
            read(Keys.spec(sweepId), Sweep.parser())
                .orElseThrow(() -> new IllegalStateException("no spec of sweep " + sweepId)));
  }

  Optional<CellRecord.Builder> cell(String sweepId, long index) {
    return read(Keys.cell(sweepId, index), CellRecord.parser()).map(CellRecord::toBuilder);
  }

  void putCell(String sweepId, CellRecord.Builder cell) {
    changes.put(Keys.cell(sweepId, cell.getIndex()), cell.build());
  }

  void deleteCell(String sweepId, long index) {
    changes.delete(Keys.cell(sweepId, index));
  }

  /** Cells in flight. */
  List<CellRecord> cells(String sweepId) {
    return records(Keys.cells(sweepId), Keys.after(Keys.cells(sweepId)), CellRecord.parser(), ALL);
  }

  void putEnded(String sweepId, CellRecord.Builder cell) {
    changes.put(Keys.ended(sweepId, cell.getIndex()), cell.build());
  }

  void deleteEnded(String sweepId, long index) {
    changes.delete(Keys.ended(sweepId, index));
  }

  void deleteAllEnded(String sweepId) {
    changes.keys(Keys.ended(sweepId, 0), Keys.afterEnded(sweepId), ALL).forEach(changes::delete);
  }

  /** The first failed or cancelled cell of {@code [from, to)}. */
  Optional<CellRecord> firstEnded(String sweepId, long from, long to) {
    return records(Keys.ended(sweepId, from), Keys.ended(sweepId, to), CellRecord.parser(), 1)
        .stream()
        .findFirst();
  }

  Optional<WorkRecord.Builder> work(String workId) {
    return read(Keys.work(workId), WorkRecord.parser()).map(WorkRecord::toBuilder);
  }

  void putWork(WorkRecord.Builder work) {
    changes.put(Keys.work(work.getWorkId()), work.build());
  }

  void deleteWork(String workId) {
    changes.delete(Keys.work(workId));
  }

  void addWaiter(String workId, Waiter waiter) {
    changes.mark(Keys.waiter(workId, waiter.sweepId(), waiter.index()));
  }

  void removeWaiter(String workId, Waiter waiter) {
    changes.delete(Keys.waiter(workId, waiter.sweepId(), waiter.index()));
  }

  /** Who waits for work, in the order of sweeps and cells. */
  List<Waiter> waiters(String workId) {
    String prefix = Keys.waiters(workId);
    return changes.keys(prefix, Keys.after(prefix), ALL).stream()
        .map(key -> Waiter.of(key.substring(prefix.length())))
        .toList();
  }

  boolean hasWaiters(String workId) {
    String prefix = Keys.waiters(workId);
    return !changes.keys(prefix, Keys.after(prefix), 1).isEmpty();
  }

  /** Sweeps that wait for work, each once, however many of their cells do. */
  List<SweepRecord.Builder> waitingSweeps(String workId) {
    List<SweepRecord.Builder> found = new ArrayList<>();
    String prefix = Keys.waiters(workId);
    String from = prefix;
    while (true) {
      List<String> keys = changes.keys(from, Keys.after(prefix), 1);
      if (keys.isEmpty()) {
        return found;
      }
      String sweepId = Waiter.of(keys.get(0).substring(prefix.length())).sweepId();
      sweep(sweepId).ifPresent(found::add);
      from = prefix + sweepId + Keys.AFTER_END;
    }
  }

  void addTimer(long leaseMillis, String workId) {
    changes.mark(Keys.timer(leaseMillis, workId));
  }

  /** Keys of timers due by now, earliest first. */
  List<String> dueTimers(int limit) {
    return changes.keys(
        Keys.timer(clock.getTimersThroughMillis(), ""), Keys.timer(now() + 1, ""), limit);
  }

  /** A timer that is not there any more does no harm, nor does one that is left behind. */
  void deleteTimer(long leaseMillis, String workId) {
    changes.delete(Keys.timer(leaseMillis, workId));
  }

  void deleteTimer(String key) {
    changes.delete(key);
  }

  void count(String kind, int queued, int leased) {
    WorkCounts before = clock.getWorkOrDefault(kind, WorkCounts.getDefaultInstance());
    clock.putWork(
        kind,
        WorkCounts.newBuilder()
            .setQueued(before.getQueued() + queued)
            .setLeased(before.getLeased() + leased)
            .build());
  }

  /** Ends the turn. */
  Decision decide(Answer answer) {
    changes.put(Keys.CLOCK, clock.build());
    sweeps.forEach((id, sweep) -> sweep.ifPresent(this::writeIfChanged));
    return new Decision(changes.all(), List.copyOf(commands), answer);
  }

  private void writeIfChanged(SweepRecord.Builder sweep) {
    if (!sweep.build().equals(before.get(sweep.getSweepId()))) {
      sweep.setRevision(sweep.getRevision() + 1);
      changes.put(Keys.sweep(sweep.getSweepId()), sweep.build());
    }
  }

  private <T> Optional<T> read(String key, Parser<T> parser) {
    byte[] bytes = changes.get(key);
    return bytes == null ? Optional.empty() : Optional.of(parse(key, bytes, parser));
  }

  private <T> List<T> records(String from, String to, Parser<T> parser, int limit) {
    List<T> records = new ArrayList<>();
    changes.scan(
        from,
        to,
        (key, bytes) -> {
          records.add(parse(key, bytes, parser));
          return records.size() < limit;
        });
    return records;
  }

  static <T> T parse(String key, byte[] bytes, Parser<T> parser) {
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("damaged entry '" + key + "' of the workflow's state", e);
    }
  }
}
