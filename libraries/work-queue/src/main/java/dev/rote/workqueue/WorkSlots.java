package dev.rote.workqueue;

import dev.rote.artifacts.HostTrouble;
import dev.rote.spec.Versions;
import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.RenewLeaseRequest;
import dev.rote.v1.WorkItem;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that work is done on, and what waits for them. */
final class WorkSlots {

  /*
   * Work that was taken ahead and is not begun soon, since what came before it takes long after all, is given back for
   * others to take.
   */

  private final String worker;
  private final WorkHandler handler;
  private final Versions versions;
  private final ManagedChannel sweeps;
  private final Reports reports;
  private final WorkerHealth health;
  private final CountDownLatch closing;
  private final Capacity capacity;
  private final ThreadPoolExecutor threads;
  private final ScheduledExecutorService leases = HeldLease.clock();
  private final AtomicInteger working = new AtomicInteger();

  /**
   * @param worker name to work under
   * @param closing at zero once the worker stops
   */
  WorkSlots(
      WorkerSettings settings,
      String worker,
      WorkHandler handler,
      ManagedChannel sweeps,
      Reports reports,
      WorkerHealth health,
      CountDownLatch closing) {
    this.worker = worker;
    this.handler = handler;
    this.versions = settings.versions();
    this.sweeps = sweeps;
    this.reports = reports;
    this.health = health;
    this.closing = closing;
    this.capacity = new Capacity(settings.slots());
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            settings.slots(),
            settings.slots(),
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> new Thread(task, settings.kind().group() + "-" + number.incrementAndGet()));
  }

  String worker() {
    return worker;
  }

  /** Semantic versions that the worker computes. */
  Versions versions() {
    return versions;
  }

  Reports reports() {
    return reports;
  }

  boolean isClosing() {
    return closing.getCount() == 0;
  }

  /**
   * Waits for room, and returns how much work may be taken; 0 if there was none in time. After a
   * trouble of the machine that is one piece at a time, until one goes well.
   */
  int room(Duration patience) throws InterruptedException {
    return capacity.await(patience, health.hindrance().trouble().isPresent());
  }

  /** Has work that was granted done when a slot is free. */
  void begin(WorkItem item, ClaimWorkResponse claim) {
    begin(item, claim, handler);
  }

  /** Has work that was granted reported as failed, without any try. */
  void fail(String workId, ClaimWorkResponse claim, WorkOutcome.Failed failure) {
    begin(WorkItem.newBuilder().setWorkId(workId).build(), claim, (item, context) -> failure);
  }

  private void begin(WorkItem item, ClaimWorkResponse claim, WorkHandler by) {
    capacity.taken();
    threads.execute(new LeasedWork(this, by, item, claim));
  }

  /** Gives back what has waited for a slot for too long. */
  void giveBackLate() throws InterruptedException {
    for (Runnable waiting : threads.getQueue()) {
      if (waiting instanceof LeasedWork work && work.late() && threads.remove(work)) {
        work.giveBack();
      }
    }
  }

  HeldLease hold(RenewLeaseRequest renewal, Duration lease) {
    HeldLease held = new HeldLease(sweeps, renewal, lease, this::isClosing, health.pulses());
    held.start(leases);
    return held;
  }

  void begun() {
    working.incrementAndGet();
  }

  void ended(long nanos) {
    working.decrementAndGet();
    capacity.ended(nanos);
  }

  void givenBack() {
    capacity.givenBack();
  }

  /** Whether no work is to be begun now, also none that was taken before. */
  boolean hindered() {
    return health.hindrance().lasts();
  }

  WorkOutcome hindered(String workId, HostTrouble trouble) {
    health.gaveBack();
    return health.hindrance().met(workId, trouble, working.get() == 1);
  }

  void worked() {
    health.hindrance().worked();
  }

  /** Slots that are busy. */
  int working() {
    return working.get();
  }

  /** Waits for the work in flight; whether all of it has ended. */
  boolean drain(Duration grace) throws InterruptedException {
    threads.shutdown();
    return threads.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Interrupts what is left. */
  void abandon() {
    threads.shutdownNow();
    leases.shutdownNow();
  }
}
