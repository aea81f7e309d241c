package dev.rote.embedded;

import dev.rote.embedded.StackRecord.ProcessRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A stack that another process supervises. */
final class AttachedStack implements Stack {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Path state;
  private final StackRecord record;
  private final boolean ranBefore;
  private @Nullable StackUsers users;

  private AttachedStack(
      Path state, StackRecord record, boolean ranBefore, @Nullable StackUsers users) {
    this.state = state;
    this.record = record;
    this.ranBefore = ranBefore;
    this.users = users;
  }

  /** The stack on a state directory if its supervisor runs. */
  static Optional<Stack> supervised(Path state) {
    return recorded(state).map(record -> new AttachedStack(directory(state), record, true, null));
  }

  /** The same, with this process as a user of it. */
  static Optional<Stack> joined(Path state) {
    Path directory = directory(state);
    if (recorded(directory).isEmpty()) {
      return Optional.empty();
    }
    StackUsers users = StackUsers.at(directory);
    Optional<Stack> stack =
        users.join()
            ? recorded(directory).map(found -> new AttachedStack(directory, found, true, users))
            : Optional.empty();
    if (stack.isEmpty()) {
      users.close();
    }
    return stack;
  }

  /** The stack on a state directory if its supervisor and all its parts answer now. */
  static Optional<Stack> find(Path state) throws InterruptedException {
    Optional<StackRecord> record = recorded(state);
    return record.isPresent() && waiting(record.get()).isEmpty()
        ? supervised(state)
        : Optional.empty();
  }

  private static Path directory(Path state) {
    return state.toAbsolutePath().normalize();
  }

  private static Optional<StackRecord> recorded(Path state) {
    return StackRecord.read(directory(state)).filter(record -> supervisor(record).isPresent());
  }

  /**
   * Joins the users of the stack on a state directory, or starts one; waits until it is ready.
   *
   * @throws StackException with reason {@code IN_USE} if one that is there does not become ready,
   *     or does not end, in time
   */
  static Stack join(StackSettings settings) throws InterruptedException {
    Path state = settings.state();
    StackUsers users = StackUsers.at(state);
    try {
      long end = System.nanoTime() + settings.patience().toNanos();
      awaitEntry(users, settings, end);
      while (System.nanoTime() < end) {
        Optional<StackRecord> there = recorded(state);
        if (there.isEmpty() && SupervisorProcess.start(settings)) {
          return new AttachedStack(state, StackRecord.read(state).orElseThrow(), false, users);
        }
        if (there.isPresent() && waiting(there.get()).isEmpty()) {
          hindrances(there.get(), settings);
          return new AttachedStack(state, there.get(), true, users);
        }
        Thread.sleep(POLL.toMillis());
      }
      Optional<StackRecord> last = recorded(state);
      List<Part> waiting = last.isPresent() ? waiting(last.get()) : List.of();
      throw inUse(
          settings,
          waiting.stream()
              .map(Part::word)
              .collect(Collectors.joining(", ", "whose stack was not ready (not serving: ", ")")));
    } catch (RuntimeException | InterruptedException e) {
      users.close();
      throw e;
    }
  }

  /** A stack is of use to others all the same: they are told what their sweeps may wait for. */
  private static void hindrances(StackRecord record, StackSettings settings) {
    Readiness readiness = new Readiness(record);
    for (Part part : Part.values()) {
      readiness
          .hindrance(part)
          .ifPresent(
              why -> settings.notes().accept(part.word() + " takes no work for now: " + why));
    }
  }

  private static void awaitEntry(StackUsers users, StackSettings settings, long end)
      throws InterruptedException {
    boolean said = false;
    while (!users.join()) {
      if (System.nanoTime() > end) {
        throw inUse(settings, "which is ending but did not end");
      }
      if (!said) {
        settings.notes().accept("waiting for the stack on " + settings.state() + " to end");
        said = true;
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  private static StackException inUse(StackSettings settings, String how) {
    return new StackException(
        StackException.Reason.IN_USE,
        "%s is in use by another supervisor, %s within %s"
            .formatted(settings.state(), how, settings.patience()));
  }

  /** Asks the supervisor to end and waits; false if there is none. */
  static boolean stop(Path state, Duration patience) throws InterruptedException {
    Optional<ProcessHandle> supervisor =
        StackRecord.read(directory(state)).flatMap(AttachedStack::supervisor);
    if (supervisor.isEmpty()) {
      return false;
    }
    supervisor.get().destroy();
    try {
      supervisor.get().onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      throw new StackException(
          StackException.Reason.IN_USE,
          "the supervisor of %s (process %d) did not end within %s"
              .formatted(state, supervisor.get().pid(), patience),
          e);
    } catch (ExecutionException e) {
      throw new CompletionException(e);
    }
  }

  private static Optional<ProcessHandle> supervisor(StackRecord record) {
    return record.supervisor().flatMap(ProcessRecord::running);
  }

  /** Parts that do not serve. */
  private static List<Part> waiting(StackRecord record) throws InterruptedException {
    Readiness readiness = new Readiness(record);
    List<Part> waiting = new ArrayList<>();
    for (Part part : Part.values()) {
      if (!readiness.serves(part)) {
        waiting.add(part);
      }
    }
    return waiting;
  }

  @Override
  public Addresses addresses() {
    return Layout.addresses(record);
  }

  @Override
  public Path state() {
    return state;
  }

  @Override
  public Optional<String> datasets() {
    return record.datasets();
  }

  @Override
  public boolean attached() {
    return ranBefore;
  }

  @Override
  public void keepUp() {
    StackUsers.keep(state);
  }

  @Override
  public void awaitEnd() throws InterruptedException {
    Optional<ProcessHandle> supervisor = supervisor(record);
    if (supervisor.isPresent()) {
      try {
        supervisor.get().onExit().get();
      } catch (ExecutionException e) {
        throw new CompletionException(e);
      }
    }
  }

  @Override
  public void kill(Part part) {
    process(part).destroyForcibly();
  }

  @Override
  public void restart(Part part) {
    throw new UnsupportedOperationException("only the supervisor of a stack restarts its parts");
  }

  @Override
  public long pid(Part part) {
    return process(part).pid();
  }

  private ProcessHandle process(Part part) {
    return StackRecord.read(state)
        .flatMap(current -> Optional.ofNullable(current.processes().get(part)))
        .flatMap(ProcessRecord::running)
        .orElseThrow(
            () ->
                new StackException(StackException.Reason.NOT_READY, part.word() + " does not run"));
  }

  @Override
  public synchronized boolean leave() {
    boolean goesOn = supervisor(record).isPresent() && (!record.shared() || StackUsers.kept(state));
    return users == null ? goesOn : users.leave() == StackUsers.Others.SOME || goesOn;
  }

  @Override
  public synchronized void close() {
    try {
      while (users != null && !leave() && supervisor(record).isPresent()) {
        Thread.sleep(POLL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (users != null) {
      users.close();
      users = null;
    }
  }
}
