package dev.rote.sweeps.workflow;

import com.google.protobuf.Timestamp;
import dev.rote.v1.CellRecord;
import dev.rote.v1.ClockRecord;
import dev.rote.v1.Look;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.WorkCounts;
import dev.rote.v1.WorkRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The state as one event sees and changes it. */
final class Turn {
  private static final int ALL = Integer.MAX_VALUE;

  private final Journal journal = new Journal();
  private final Changes changes;
  private final Plans plans;
  private final WorkflowSettings settings;
  private final Timestamp time;
  private final ClockRecord.Builder clock;
  private final Owned<SweepRecord, SweepRecord.Builder> sweeps;
  private final Owned<CellRecord, CellRecord.Builder> cells;
  private final Owned<WorkRecord, WorkRecord.Builder> works;
  private final List<Command> commands = new ArrayList<>();
  private final List<Undecided> undecided = new ArrayList<>();

  Turn(StateReader state, Plans plans, WorkflowSettings settings, Timestamp time) {
    this.changes = new Changes(state, journal);
    this.plans = plans;
    this.settings = settings;
    this.time = time;
    this.sweeps =
        new Owned<>(
            changes,
            journal,
            SweepRecord.parser(),
            SweepRecord::toBuilder,
            sweep -> sweep.setRevision(sweep.getRevision() + 1));
    this.cells =
        new Owned<>(changes, journal, CellRecord.parser(), CellRecord::toBuilder, cell -> {});
    this.works =
        new Owned<>(changes, journal, WorkRecord.parser(), WorkRecord::toBuilder, work -> {});
    this.clock =
        changes
            .read(Keys.CLOCK, ClockRecord.parser())
            .orElse(ClockRecord.getDefaultInstance())
            .toBuilder();
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

  /**
   * Does a part of the turn, or nothing of it when it cannot be decided. A sweep, cell or piece of
   * work that the part changes must be asked for within it.
   *
   * @param subject what the part is about, for people
   * @return why it cannot be decided; empty when it is done
   */
  Optional<Undecided> attempt(String subject, Runnable part) {
    int mark = journal.mark();
    int commandsBefore = commands.size();
    int undecidedBefore = undecided.size();
    ClockRecord clockBefore = clock.build();
    Set<String> sweepsNoted = sweeps.noteAnew();
    Set<String> cellsNoted = cells.noteAnew();
    Set<String> worksNoted = works.noteAnew();
    try {
      part.run();
      return Optional.empty();
    } catch (StateReader.UnreadableException e) {
      throw e;
    } catch (RuntimeException e) {
      journal.backTo(mark);
      commands.subList(commandsBefore, commands.size()).clear();
      undecided.subList(undecidedBefore, undecided.size()).clear();
      clock.clear().mergeFrom(clockBefore);
      Undecided failure = Undecided.of(subject, e);
      undecided.add(failure);
      return Optional.of(failure);
    } finally {
      sweeps.noteOnlyBeyond(sweepsNoted);
      cells.noteOnlyBeyond(cellsNoted);
      works.noteOnlyBeyond(worksNoted);
    }
  }

  /** The sweep, shared by all that ask in this turn and written at its end. */
  Optional<SweepRecord.Builder> sweep(String sweepId) {
    return sweeps.get(Keys.sweep(sweepId));
  }

  /** Ids of all sweeps that the state holds or this turn added, whatever their entries hold. */
  List<String> sweepIds() {
    sweeps.show();
    return changes.keys(Keys.SWEEPS, Keys.AFTER_SWEEPS, ALL).stream()
        .map(key -> key.substring(Keys.SWEEPS.length()))
        .toList();
  }

  /** Ids of the sweeps that were looked at in this turn. */
  List<String> sweepsSeen() {
    return sweeps.present().stream().map(SweepRecord.Builder::getSweepId).toList();
  }

  void addSweep(SweepRecord.Builder sweep, Sweep spec) {
    sweeps.add(Keys.sweep(sweep.getSweepId()), sweep);
    putSpec(sweep.getSweepId(), spec);
    changes.putText(Keys.newest(sequence()), sweep.getSweepId());
    changes.putText(Keys.named(sweep.getName()), sweep.getSweepId());
  }

  /** Notes that a sweep waits for a worker whose numerics it can take. */
  void addUnsettled(String sweepId) {
    changes.mark(Keys.unsettled(sweepId));
  }

  void removeUnsettled(String sweepId) {
    changes.delete(Keys.unsettled(sweepId));
  }

  /** Sweeps that wait for a worker whose numerics they can take. */
  List<String> unsettled() {
    return changes.keys(Keys.UNSETTLED, Keys.AFTER_UNSETTLED, ALL).stream()
        .map(key -> key.substring(Keys.UNSETTLED.length()))
        .toList();
  }

  void putSpec(String sweepId, Sweep spec) {
    changes.put(Keys.spec(sweepId), spec);
  }

  Optional<Sweep> spec(String sweepId) {
    return changes.read(Keys.spec(sweepId), Sweep.parser());
  }

  SweepPlan plan(String sweepId) {
    return plans.of(
        sweep(sweepId).orElseThrow(() -> new IllegalStateException("no sweep " + sweepId)),
        () ->
            spec(sweepId)
                .orElseThrow(() -> new IllegalStateException("no spec of sweep " + sweepId)));
  }

  void forgetPlan(String sweepId) {
    plans.forget(sweepId);
  }

  /** The cell in flight, shared by all that ask in this turn and written at its end. */
  Optional<CellRecord.Builder> cell(String sweepId, long index) {
    return cells.get(Keys.cell(sweepId, index));
  }

  /** Takes in a cell that is in flight from now on. */
  void addCell(String sweepId, CellRecord.Builder cell) {
    cells.add(Keys.cell(sweepId, cell.getIndex()), cell);
  }

  void deleteCell(String sweepId, long index) {
    cells.delete(Keys.cell(sweepId, index));
  }

  /** Indices of cells in flight, whatever their entries hold. */
  List<Long> cellIndices(String sweepId) {
    cells.show();
    String prefix = Keys.cells(sweepId);
    return changes.keys(prefix, Keys.after(prefix), ALL).stream()
        .map(key -> Long.parseLong(Keys.last(key)))
        .toList();
  }

  /** Cells in flight. */
  List<CellRecord> cells(String sweepId) {
    cells.show();
    return changes.records(
        Keys.cells(sweepId), Keys.after(Keys.cells(sweepId)), CellRecord.parser(), ALL);
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
    return changes
        .records(Keys.ended(sweepId, from), Keys.ended(sweepId, to), CellRecord.parser(), 1)
        .stream()
        .findFirst();
  }

  /** The entries themselves, for what keeps its own. */
  Changes changes() {
    return changes;
  }

  /** Keeps what a look at the claims of a sweep found. */
  void putLook(String sweepId, Look look) {
    changes.put(Keys.look(sweepId, look.getNumber()), look);
  }

  /** The piece of work, shared by all that ask in this turn and written at its end. */
  Optional<WorkRecord.Builder> work(String workId) {
    return works.get(Keys.work(workId));
  }

  /** Takes in work that was not there. */
  void addWork(WorkRecord.Builder work) {
    works.add(Keys.work(work.getWorkId()), work);
  }

  void deleteWork(String workId) {
    works.delete(Keys.work(workId));
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
    sweeps.write();
    cells.write();
    works.write();
    return new Decision(changes.all(), List.copyOf(commands), answer, List.copyOf(undecided));
  }
}
