package dev.rote.sweeps.workflow;

import com.google.protobuf.Parser;
import com.google.protobuf.util.Timestamps;
import dev.rote.spec.Ids;
import dev.rote.spec.SweepId;
import dev.rote.spec.Versions;
import dev.rote.v1.CellRecord;
import dev.rote.v1.ClockRecord;
import dev.rote.v1.Look;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.TrialSummary.State;
import dev.rote.v1.WorkCounts;
import dev.rote.v1.WorkRecord;
import dev.rote.v1.WorkRecord.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The state as queries see it. */
public final class WorkflowView {
  private final StateReader state;

  public WorkflowView(StateReader state) {
    this.state = state;
  }

  /** Reads of several entries as they are at one moment, between two decisions. */
  public <T> T atOnce(Supplier<T> reading) {
    return state.atOnce(reading);
  }

  /**
   * A sweep by its id or, failing that, the newest of that name, or the newest whose id is this one
   * of 8 hex digits written out to 16, or the one that has of this id of 16 the first 8 alone.
   */
  public Optional<SweepRecord> sweep(String idOrName) {
    return byId(idOrName)
        .or(() -> text(Keys.named(idOrName)).flatMap(this::byId))
        .or(() -> lengthened(idOrName))
        .or(() -> shortened(idOrName));
  }

  /**
   * The same among the sweeps that a caller may see: a name is that of the newest of its own, or
   * else of the newest of all these, whatever others have submitted under it, or shared, since.
   *
   * @param own the caller's own, all of which it may see
   */
  public Optional<SweepRecord> sweep(
      String idOrName, Predicate<SweepRecord> own, Predicate<SweepRecord> visible) {
    Optional<SweepRecord> found = sweep(idOrName);
    if (found.filter(own).isPresent()) {
      return found;
    }
    Predicate<SweepRecord> named = sweep -> sweep.getName().equals(idOrName);
    return found
        .filter(named)
        .flatMap(newest -> newestNamed(idOrName, own.and(named)))
        .or(() -> found.filter(visible))
        .or(() -> newestNamed(idOrName, visible.and(named)));
  }

  private Optional<SweepRecord> newestNamed(String name, Predicate<SweepRecord> wanted) {
    return text(Keys.named(name)).isEmpty()
        ? Optional.empty()
        : sweeps("", 1, wanted).sweeps().stream().findFirst();
  }

  private Optional<SweepRecord> lengthened(String id) {
    if (!isId(id) || !new SweepId(id).isShort()) {
      return Optional.empty();
    }
    SweepId asked = new SweepId(id);
    List<SweepRecord> found = new ArrayList<>();
    state.scan(
        Keys.sweep(id),
        Keys.sweep(id) + Keys.AFTER_END,
        (key, value) -> {
          SweepRecord sweep = Entries.parse(key, value, SweepRecord.parser());
          if (new SweepId(sweep.getSweepId()).shortened().filter(asked::equals).isPresent()) {
            found.add(sweep);
          }
          return true;
        });
    return found.stream()
        .max(Comparator.comparingLong(sweep -> Timestamps.toNanos(sweep.getSubmitted())));
  }

  private Optional<SweepRecord> shortened(String id) {
    if (!isId(id)) {
      return Optional.empty();
    }
    SweepId asked = new SweepId(id);
    return asked.shortened().flatMap(old -> byId(old.value())).filter(old -> isOld(old, asked));
  }

  /** Whether a sweep would have this id today, were it submitted under the versions that it has. */
  private boolean isOld(SweepRecord sweep, SweepId asked) {
    Versions versions = Versions.parse(sweep.getVersions());
    return spec(sweep.getSweepId())
        .filter(spec -> Ids.sweepId(versions, spec).equals(asked))
        .isPresent();
  }

  private static boolean isId(String text) {
    return !text.isEmpty();
  }

  private Optional<SweepRecord> byId(String sweepId) {
    return read(Keys.sweep(sweepId), SweepRecord.parser());
  }

  /** The sweep as it was admitted, all defaults filled in. */
  public Optional<Sweep> spec(String sweepId) {
    return read(Keys.spec(sweepId), Sweep.parser());
  }

  /** A page of a list. */
  public record Page(List<SweepRecord> sweeps, String nextToken) {}

  /** All sweeps, newest first. */
  public Page sweeps(String token, int limit) {
    return sweeps(token, limit, sweep -> true);
  }

  /**
   * Sweeps, newest first.
   *
   * @param token of the page before; empty for the first
   * @param wanted which of them
   */
  public Page sweeps(String token, int limit, Predicate<SweepRecord> wanted) {
    List<SweepRecord> sweeps = new ArrayList<>();
    List<String> next = new ArrayList<>();
    state.scan(
        token.isEmpty() ? Keys.NEWEST : Keys.NEWEST + token,
        Keys.AFTER_NEWEST,
        (key, value) -> {
          Optional<SweepRecord> sweep =
              byId(new String(value, StandardCharsets.UTF_8)).filter(wanted);
          if (sweep.isPresent() && sweeps.size() == limit) {
            next.add(key.substring(Keys.NEWEST.length()));
            return false;
          }
          sweep.ifPresent(sweeps::add);
          return true;
        });
    return new Page(sweeps, next.isEmpty() ? "" : next.get(0));
  }

  /** A cell of a sweep, under the id that its trial has for that. */
  public SweepPlan.Cell placed(SweepRecord sweep, SweepPlan.Cell cell) {
    return cell.under(
        Families.idOf(cell.trial().id(), sweep.getNumerics(), id -> work(id).map(w -> w)));
  }

  /** The looks that were taken at the claims of a sweep, in order. */
  public List<Look> looks(String sweepId) {
    List<Look> looks = new ArrayList<>();
    String prefix = Keys.looks(sweepId);
    state.scan(
        prefix,
        Keys.after(prefix),
        (key, value) -> {
          looks.add(Entries.parse(key, value, Look.parser()));
          return true;
        });
    return looks;
  }

  /** A cell in flight. */
  public Optional<CellRecord> cell(String sweepId, long index) {
    return read(Keys.cell(sweepId, index), CellRecord.parser());
  }

  /** The steps of the cells in flight, by index. */
  public Map<Long, State> inFlight(String sweepId) {
    String prefix = Keys.cells(sweepId);
    return steps(prefix, Keys.after(prefix));
  }

  /** How the cells ended that failed or were cancelled, by index. */
  public Map<Long, State> endedWithout(String sweepId) {
    return steps(Keys.ended(sweepId, 0), Keys.afterEnded(sweepId));
  }

  private Map<Long, State> steps(String from, String to) {
    Map<Long, State> steps = new HashMap<>();
    state.scan(
        from,
        to,
        (key, value) -> {
          CellRecord cell = Entries.parse(key, value, CellRecord.parser());
          steps.put(cell.getIndex(), cell.getStep());
          return true;
        });
    return steps;
  }

  /** A cell that failed or was cancelled. */
  public Optional<CellRecord> ended(String sweepId, long index) {
    return read(Keys.ended(sweepId, index), CellRecord.parser());
  }

  /** The work of training a trial. */
  public Optional<WorkRecord> trial(String trialId) {
    return work(WorkIds.trial(trialId));
  }

  private Optional<WorkRecord> work(String workId) {
    return read(Keys.work(workId), WorkRecord.parser());
  }

  /** Whether a measurement was made; of a trial that diverged it may be that none could be. */
  public boolean isMeasured(String measurementId) {
    return read(Keys.work(WorkIds.measurement(measurementId)), WorkRecord.parser())
        .filter(work -> work.getStatus() == Status.DONE)
        .isPresent();
  }

  /**
   * Whether a worker may have, or has, a piece of work. Work that is not wanted now is offered anew
   * when it is again.
   */
  public boolean isWanted(String workId) {
    return read(Keys.work(workId), WorkRecord.parser())
        .filter(w -> w.getStatus() == Status.QUEUED || w.getStatus() == Status.LEASED)
        .isPresent();
  }

  /** Whether any work is queued or leased, so that the clock has to tick. */
  public boolean outstanding() {
    return work().values().stream().anyMatch(work -> work.getQueued() + work.getLeased() > 0);
  }

  /** Outstanding work by kind. */
  public Map<String, WorkCounts> work() {
    return read(Keys.CLOCK, ClockRecord.parser())
        .<Map<String, WorkCounts>>map(clock -> new TreeMap<>(clock.getWorkMap()))
        .orElse(Map.of());
  }

  private Optional<String> text(String key) {
    byte[] bytes = state.get(key);
    return bytes == null
        ? Optional.empty()
        : Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  private <T> Optional<T> read(String key, Parser<T> parser) {
    byte[] bytes = state.get(key);
    return bytes == null ? Optional.empty() : Optional.of(Entries.parse(key, bytes, parser));
  }
}
