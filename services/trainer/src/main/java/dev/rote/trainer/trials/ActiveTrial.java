package dev.rote.trainer.trials;

import dev.rote.v1.TrialProgress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A trial that is being trained in this process, for those who watch it. */
public final class ActiveTrial {
  private @Nullable TrialProgress progress;
  private long changes;
  private boolean ended;

  /**
   * What a watcher sees.
   *
   * @param change number of this state, rising
   * @param progress the newest, empty before the first
   * @param ended whether the run is over, one way or another
   */
  public record View(long change, Optional<TrialProgress> progress, boolean ended) {}

  synchronized void progress(TrialProgress newest) {
    progress = newest;
    changes++;
    notifyAll();
  }

  synchronized void end() {
    ended = true;
    changes++;
    notifyAll();
  }

  /** The state, once it is newer than {@code seen} or after the time given. */
  public synchronized View await(long seen, Duration time) throws InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    long left = time.toMillis();
    while (changes <= seen && left > 0) {
      wait(left);
      left = (deadline - System.nanoTime()) / 1_000_000;
    }
    return new View(changes, Optional.ofNullable(progress), ended);
  }
}
