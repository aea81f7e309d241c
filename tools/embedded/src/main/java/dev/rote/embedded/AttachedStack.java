package dev.rote.embedded;

import dev.rote.embedded.StackRecord.ProcessRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A stack that another process supervises. */
final class AttachedStack implements Stack {

  private static final Duration POLL = Duration.ofMillis(300);

  private final Path state;
  private final StackRecord record;

  private AttachedStack(Path state, StackRecord record) {
    this.state = state;
    this.record = record;
  }

  /** The stack on a state directory if its supervisor runs. */
  static Optional<Stack> supervised(Path state) {
    return recorded(state).map(stack -> stack);
  }

  /** The stack on a state directory if its supervisor and all its parts answer now. */
  static Optional<Stack> find(Path state) throws InterruptedException {
    Optional<AttachedStack> stack = recorded(state);
    return stack.isPresent() && isReady(stack.get().record)
        ? Optional.of(stack.get())
        : Optional.empty();
  }

  private static Optional<AttachedStack> recorded(Path state) {
    Path directory = state.toAbsolutePath().normalize();
    return StackRecord.read(directory)
        .filter(record -> supervisor(record).isPresent())
        .map(record -> new AttachedStack(directory, record));
  }

  /**
   * The stack on a state directory that another process holds; it may still be starting.
   *
   * @throws StackException with reason {@code IN_USE} if it does not become ready in time
   */
  static Stack attach(Path state, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end) {
      Optional<Stack> found = find(state);
      if (found.isPresent()) {
        return found.get();
      }
      Thread.sleep(POLL.toMillis());
    }
    throw new StackException(
        StackException.Reason.IN_USE,
        "%s is in use by another supervisor, whose stack was not ready within %s"
            .formatted(state, patience));
  }

  /** Asks the supervisor to end and waits; false if there is none. */
  static boolean stop(Path state, Duration patience) throws InterruptedException {
    Optional<ProcessHandle> supervisor =
        StackRecord.read(state.toAbsolutePath().normalize()).flatMap(AttachedStack::supervisor);
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

  private static boolean isReady(StackRecord record) throws InterruptedException {
    Readiness readiness = new Readiness(record);
    for (Part part : Part.values()) {
      if (!readiness.isReady(part)) {
        return false;
      }
    }
    return true;
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
  public boolean attached() {
    return true;
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
  public void close() {
    // The stack is another process's.
  }
}
