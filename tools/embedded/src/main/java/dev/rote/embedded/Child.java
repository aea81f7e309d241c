package dev.rote.embedded;

import dev.rote.access.grpc.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process of a stack; started again when it ends unasked. Safe for use by several threads. */
final class Child {

  private static final Logger log = LoggerFactory.getLogger(Child.class);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);
  private static final Duration HEALTHY = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(300);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Part part;
  private final Layout layout;
  private final Path logFile;
  private final RotatingFile output;
  private final ScheduledExecutorService scheduler;
  private final Runnable changed;
  private @Nullable Process process;
  private @Nullable LogPump pump;
  private boolean wanted;
  private long startedNanos;
  private Duration pause = FIRST_PAUSE;

  /**
   * @param changed called when there is another process
   */
  Child(
      Part part,
      Layout layout,
      Path logFile,
      ScheduledExecutorService scheduler,
      Runnable changed) {
    this.part = part;
    this.layout = layout;
    this.logFile = logFile;
    this.output = RotatingFile.log(logFile);
    this.scheduler = scheduler;
    this.changed = changed;
  }

  Part part() {
    return part;
  }

  void start() {
    synchronized (this) {
      wanted = true;
      launch();
    }
    changed.run();
  }

  private synchronized void launch() {
    if (process != null && process.isAlive()) {
      return;
    }
    ProcessBuilder builder = new ProcessBuilder(layout.command(part));
    // What its user shows to services elsewhere is not a part's.
    builder.environment().keySet().removeAll(TlsFiles.VARIABLES);
    builder.environment().putAll(layout.environment(part));
    try {
      Process started = builder.redirectErrorStream(true).start();
      startedNanos = System.nanoTime();
      process = started;
      pump = LogPump.start("rote-log-" + part.word(), started.getInputStream(), output);
      var unused = started.onExit().thenAccept(this::ended);
    } catch (IOException e) {
      throw new StackException(
          StackException.Reason.NOT_READY,
          "%s cannot be started: %s".formatted(part.word(), e.getMessage()),
          e);
    }
  }

  private synchronized void ended(Process which) {
    if (!wanted || which != process) {
      return;
    }
    boolean wasHealthy = System.nanoTime() - startedNanos > HEALTHY.toNanos();
    pause = wasHealthy ? FIRST_PAUSE : pause;
    log.warn(
        "{} ended with status {}; starting it again in {} ms (its log is {})",
        part.word(),
        which.exitValue(),
        pause.toMillis(),
        logFile);
    var unused = scheduler.schedule(this::revive, pause.toMillis(), TimeUnit.MILLISECONDS);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private void revive() {
    synchronized (this) {
      if (!wanted) {
        return;
      }
      try {
        launch();
      } catch (StackException e) {
        log.error("{} stays down", part.word(), e);
        return;
      }
    }
    changed.run();
  }

  synchronized Optional<ProcessHandle> handle() {
    return Optional.ofNullable(process).filter(Process::isAlive).map(Process::toHandle);
  }

  /** Ends the process at once, as {@code kill -9} does, and leaves it down. */
  void kill() throws InterruptedException {
    Process victim = unwanted();
    if (victim != null) {
      victim.destroyForcibly().waitFor();
      awaitLastWords();
    }
  }

  /** Ends the process gently, or at once when it takes longer than the patience. */
  void stop(Duration patience) throws InterruptedException {
    Process leaving = unwanted();
    if (leaving == null) {
      return;
    }
    leaving.destroy();
    if (!leaving.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      log.warn("{} did not stop within {}; it is ended", part.word(), patience);
      leaving.destroyForcibly().waitFor();
    }
    awaitLastWords();
  }

  private void awaitLastWords() throws InterruptedException {
    LogPump last;
    synchronized (this) {
      last = pump;
    }
    if (last != null) {
      last.await(LAST_WORDS);
    }
  }

  private synchronized @Nullable Process unwanted() {
    wanted = false;
    return process;
  }
}
