package dev.rote.workqueue;

import dev.rote.artifacts.HostTrouble;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker's own trouble. While it lasts no work is taken; after a while one piece at a time is,
 * until one goes well. Safe for use by several threads.
 */
final class Hindrance {
  private static final Logger log = LoggerFactory.getLogger(Hindrance.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final LongSupplier nanos;
  private final Backoff pauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
  private @Nullable HostTrouble trouble;
  private long until;

  Hindrance(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Work met a trouble of this machine.
   *
   * @param alone whether no other work is under way in this process
   * @return what becomes of the work: given back, and no attempt is spent; but failed where the
   *     memory is too short for this work alone, which waiting does not change
   */
  synchronized WorkOutcome met(String workId, HostTrouble met, boolean alone) {
    String reason = met.kind().name();
    if (met.kind() == HostTrouble.Kind.MEMORY_SHORT && alone) {
      log.error("{} needs more memory than this worker has: {}", workId, met.message());
      return WorkOutcome.Failed.retry(
          reason, "this work needs more memory than the worker has: " + met.message());
    }
    if (!lasts()) {
      Duration pause = pauses.next();
      until = nanos.getAsLong() + pause.toNanos();
      log.error(
          "{}: {}; {} is given back, and no work is taken for {} s",
          reason,
          met.message(),
          workId,
          pause.toSeconds());
    }
    trouble = met;
    return WorkOutcome.Failed.waitFor(reason, met.message());
  }

  /** Work came to an end by itself: the machine is well. */
  synchronized void worked() {
    if (trouble != null) {
      log.info("{} is over", trouble.kind());
    }
    trouble = null;
    pauses.reset();
  }

  /** Whether no work is to be taken now. */
  synchronized boolean lasts() {
    return trouble != null && nanos.getAsLong() - until < 0;
  }

  /** The newest trouble, while no work has gone well since. */
  synchronized Optional<HostTrouble> trouble() {
    return Optional.ofNullable(trouble);
  }
}
