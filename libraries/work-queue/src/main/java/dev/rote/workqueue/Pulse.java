package dev.rote.workqueue;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sign of life of one part of a service that must go on by itself: a loop, a consumer, a clock.
 *
 * <p>The part beats each time it comes round, also while it has nothing to do, and says so when it
 * came round but could not go on. It is dead when its thread is gone, when it ended by a failure,
 * or when it has not come round for longer than its patience. It stands still when it is dead, or
 * has been held up for longer than a restart of Kafka takes. Safe for use by several threads.
 */
public final class Pulse {
  private static final Logger log = LoggerFactory.getLogger(Pulse.class);

  /** A broker that starts anew is no trouble, but to a part of less patience. */
  private static final Duration LONGEST_HOLD = Duration.ofSeconds(45);

  private final String part;
  private final Duration patience;
  private final LongSupplier nanos;
  private boolean expected;
  private long newest;
  private @Nullable Thread thread;
  private @Nullable Throwable failure;
  private @Nullable String holdUp;
  private long heldSince;

  Pulse(String part, Duration patience, LongSupplier nanos) {
    this.part = part;
    this.patience = patience;
    this.nanos = nanos;
  }

  /** What beats, in words for people. */
  public String part() {
    return part;
  }

  /** The part is to run from now on, whether or not its thread comes to it. */
  public synchronized void begin() {
    expected = true;
    newest = nanos.getAsLong();
    thread = null;
    failure = null;
    holdUp = null;
  }

  /** The part came round, on the calling thread, and goes on. */
  public synchronized void beat() {
    begin();
    thread = Thread.currentThread();
  }

  /** The part lives, on the calling thread; whether it goes on is told at the end of the round. */
  public synchronized void live() {
    String why = holdUp;
    beat();
    holdUp = why;
  }

  /**
   * The part came round, on the calling thread, but cannot go on.
   *
   * @param why in words for people
   */
  public synchronized void held(String why) {
    if (holdUp == null) {
      heldSince = nanos.getAsLong();
    }
    beat();
    holdUp = why;
  }

  /** The part came round, on the calling thread: it goes on, or cannot for a reason. */
  public void round(Optional<String> holdUp) {
    holdUp.ifPresentOrElse(this::held, this::beat);
  }

  /** The part has ended as it should, or waits to be begun: nothing is expected of it. */
  public synchronized void rest() {
    expected = false;
    thread = null;
    holdUp = null;
  }

  /** The part has ended by a failure that it cannot go on from. */
  public synchronized void fail(Throwable why) {
    expected = true;
    failure = why;
  }

  /**
   * The part as a task: begins now; when it returns it rests, and what it throws is logged and told
   * from then on. Running out of memory ends the process.
   */
  public Runnable task(Runnable part) {
    begin();
    return () -> {
      try {
        beat();
        part.run();
        rest();
      } catch (Throwable e) {
        OutOfMemory.endsTheProcess(e);
        log.error("{} has ended by a failure", this.part, e);
        fail(e);
      }
    };
  }

  /** Why the part stands still; empty while it goes on or rests. */
  public synchronized Optional<String> standing() {
    Optional<String> dead = dead();
    if (dead.isPresent() || !expected || holdUp == null) {
      return dead;
    }
    Duration held = Duration.ofNanos(nanos.getAsLong() - heldSince);
    Duration longest = patience.compareTo(LONGEST_HOLD) < 0 ? patience : LONGEST_HOLD;
    return held.compareTo(longest) > 0
        ? Optional.of("held up for %d s: %s".formatted(held.toSeconds(), holdUp))
        : Optional.empty();
  }

  /** Why the part is dead, so that beginning anew may help; empty while it lives or rests. */
  public synchronized Optional<String> dead() {
    if (!expected) {
      return Optional.empty();
    }
    if (failure != null) {
      return Optional.of("ended by " + failure);
    }
    if (thread != null && !thread.isAlive()) {
      return Optional.of("its thread " + thread.getName() + " has ended");
    }
    Duration silent = Duration.ofNanos(nanos.getAsLong() - newest);
    return silent.compareTo(patience) > 0
        ? Optional.of(
            "did not come round for %d s, longest allowed %d s"
                .formatted(silent.toSeconds(), patience.toSeconds()))
        : Optional.empty();
  }
}
