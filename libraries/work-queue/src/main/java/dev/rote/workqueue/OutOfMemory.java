package dev.rote.workqueue;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What running out of memory does to a service: it ends the whole process, never half of it. */
public final class OutOfMemory {

  /** Exit code of a process that ran out of memory: that of {@code -XX:+ExitOnOutOfMemoryError}. */
  public static final int EXIT_CODE = 3;

  /*
   * The JVM's flag covers the heap, but neither direct buffers nor threads that cannot be made. Whoever catches every
   * Throwable asks here. A halt, since exit hooks need memory, too; whatever is in flight is resumed elsewhere.
   */

  private static final Logger log = LoggerFactory.getLogger(OutOfMemory.class);

  private OutOfMemory() {}

  /** Ends the process if this is, or was caused by, an {@link OutOfMemoryError}. */
  public static void endsTheProcess(Throwable failure) {
    if (isCauseOf(failure)) {
      try {
        log.error("out of memory: this process ends", failure);
      } finally {
        Runtime.getRuntime().halt(EXIT_CODE);
      }
    }
  }

  static boolean isCauseOf(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof OutOfMemoryError)) {
      cause = cause.getCause();
    }
    return cause != null;
  }
}
