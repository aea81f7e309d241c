package dev.rote.workqueue;

import org.slf4j.Logger;

/** Tells the log about the start and the end of a trouble, and of nothing in between. */
final class Outage {

  private final Logger log;
  private final String what;
  private boolean ongoing;

  Outage(Logger log, String what) {
    this.log = log;
    this.what = what;
  }

  synchronized void seen(Throwable cause) {
    if (!ongoing) {
      log.warn("{}: {}; trying again until it works", what, cause.toString());
      ongoing = true;
    }
  }

  synchronized void over() {
    if (ongoing) {
      log.info("{}: over", what);
      ongoing = false;
    }
  }
}
