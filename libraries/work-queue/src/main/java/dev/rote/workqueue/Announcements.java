package dev.rote.workqueue;

import com.google.protobuf.ByteString;
import dev.rote.v1.WorkerAnnounced;
import dev.rote.v1.WorkflowEvent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the process manager that a worker is there, when it starts and again and again: sweeps that
 * take any numerics choose among those of workers that are there.
 */
final class Announcements implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Announcements.class);
  private static final Duration PERIOD = Duration.ofSeconds(30);

  private final Reports.Log events;
  private final WorkerAnnounced.Builder worker;
  private final OwnNumerics numerics;
  private final CountDownLatch closing;

  /**
   * @param worker without its numerics
   * @param closing at zero once the worker stops
   */
  Announcements(
      Reports.Log events,
      WorkerAnnounced.Builder worker,
      OwnNumerics numerics,
      CountDownLatch closing) {
    this.events = events;
    this.worker = worker;
    this.numerics = numerics;
    this.closing = closing;
  }

  @Override
  public void run() {
    String name = numerics.name();
    if (name.isEmpty()) {
      return;
    }
    worker.setNumerics(name);
    try {
      do {
        events.deliver(
            WorkflowEvent.newBuilder().setWorkerAnnounced(worker),
            ByteString.EMPTY,
            () -> closing.getCount() == 0);
      } while (!closing.await(PERIOD.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      log.debug("announcing was interrupted");
    }
  }
}
