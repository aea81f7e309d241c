package dev.rote.workqueue;

import org.slf4j.Logger;

/** Tells the log about the start and the end of a trouble, and of nothing in between. */
public final class Outage {

  private final Logger log;
  private final String what;
  private boolean ongoing;

  /** An outage told to this log; {@code what} says what does not work. */
  public Outage(Logger log, String what) {
    this.log = log;
    this.what = what;
  }

  /** It does not work now. */
  public synchronized void seen(Throwable failure) {
    if (!ongoing) {
      log.warn("{}: {}; trying again until it works", what, root(failure).toString());
      ongoing = true;
    }
  }

  /** It works. */
  public synchronized void over() {
    if (ongoing) {
      log.info("{}: over", what);
      ongoing = false;
    }
  }

  /* Kafka's clients say what is wrong in the last cause. */
  static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
