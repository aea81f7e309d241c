package dev.rote.workqueue;

import dev.rote.v1.RenewLeaseRequest;
import dev.rote.v1.RenewLeaseResponse;
import dev.rote.v1.RenewLeaseResponse.Order;
import dev.rote.v1.TrialProgress;
import dev.rote.v1.WorkServiceGrpc;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lease that is renewed every third of its length until closed, on a thread of its own, which
 * short work never needs.
 *
 * <p>While the sweeps service is out of reach the work goes on and the renewals are tried again:
 * the clock of leases stands still meanwhile. Only the service's word ends a lease.
 */
final class HeldLease implements WorkContext, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HeldLease.class);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration SHORTEST_PERIOD = Duration.ofMillis(100);
  private static final Duration RENEWAL_PATIENCE = Duration.ofMinutes(1);

  /* Work asks for orders at least once a batch, a shard or a page; a whole hour without is no work any more. */
  private static final Duration WORK_PATIENCE = Duration.ofHours(1);

  private final ManagedChannel channel;
  private final WorkServiceGrpc.WorkServiceBlockingStub stub;
  private final RenewLeaseRequest request;
  private final Duration period;
  private final BooleanSupplier stopping;
  private final AtomicReference<Order> ordered = new AtomicReference<>(Order.CONTINUE);
  private final AtomicReference<@Nullable TrialProgress> progress = new AtomicReference<>();
  private volatile double share;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Outage outage;
  private final Pulses pulses;
  private final Pulse heartbeat;
  private final Pulse slot;
  private @Nullable ScheduledFuture<?> firstBeat;

  /**
   * @param request names the work, the attempt and the worker
   * @param lease time within which a renewal must arrive
   * @param stopping whether the worker wants all work back
   * @param pulses where the renewals and the work tell that they go on
   */
  HeldLease(
      ManagedChannel channel,
      RenewLeaseRequest request,
      Duration lease,
      BooleanSupplier stopping,
      Pulses pulses) {
    this.channel = channel;
    this.stub = WorkServiceGrpc.newBlockingStub(channel);
    this.request = request;
    Duration third = lease.dividedBy(3);
    this.period = third.compareTo(SHORTEST_PERIOD) < 0 ? SHORTEST_PERIOD : third;
    this.stopping = stopping;
    this.outage = new Outage(log, "the lease of " + request.getWorkId() + " cannot be renewed");
    this.pulses = pulses;
    this.heartbeat =
        pulses.part(
            "renewals of " + request.getWorkId(), period.multipliedBy(2).plus(RENEWAL_PATIENCE));
    this.slot = pulses.part("work on " + request.getWorkId(), WORK_PATIENCE);
  }

  /** Starts a clock that leases may share; it does nothing but start threads. */
  static ScheduledExecutorService clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "rote-leases");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  void start(ScheduledExecutorService clock) {
    Runnable beating = heartbeat.task(this::beat);
    firstBeat =
        clock.schedule(
            () -> {
              Thread heart = new Thread(beating, "rote-lease-" + request.getWorkId());
              heart.setDaemon(true);
              heart.start();
            },
            period.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  /** A slot has come to the work. */
  void begin() {
    slot.beat();
  }

  @Override
  public void report(TrialProgress newest) {
    progress.set(newest);
  }

  @Override
  public void report(double newest) {
    share = newest;
  }

  @Override
  public Order order() {
    slot.begin();
    Order order = ordered.get();
    return order == Order.CONTINUE && stopping.getAsBoolean() ? Order.YIELD : order;
  }

  @Override
  public int attempt() {
    return request.getAttempt();
  }

  boolean lost() {
    return ordered.get() == Order.ABANDON;
  }

  private void beat() {
    Backoff backoff = new Backoff(SHORTEST_PERIOD, period);
    Duration wait = Duration.ZERO;
    try {
      while (!lost() && !ended.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        heartbeat.beat();
        if (renew()) {
          backoff.reset();
          wait = period;
        } else {
          wait = backoff.next();
        }
      }
    } catch (InterruptedException e) {
      log.debug("renewals of {} interrupted", request.getWorkId());
    }
  }

  private boolean renew() {
    RenewLeaseRequest.Builder renewal = request.toBuilder().setShare(share);
    TrialProgress newest = progress.get();
    if (newest != null) {
      renewal.setProgress(newest);
    }
    try {
      RenewLeaseResponse answer =
          stub.withDeadlineAfter(CALL_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)
              .renewLease(renewal.build());
      outage.over();
      obey(answer.getOrder());
      return true;
    } catch (RuntimeException e) {
      outage.seen(e);
      channel.resetConnectBackoff();
      return false;
    }
  }

  private void obey(Order order) {
    switch (order) {
      case CONTINUE, YIELD, ABANDON -> ordered.set(order);
      case UNSPECIFIED, UNRECOGNIZED ->
          log.warn("order {} for {} is not understood; going on", order, request.getWorkId());
    }
  }

  @Override
  public void close() {
    if (firstBeat != null) {
      firstBeat.cancel(false);
    }
    ended.countDown();
    pulses.remove(heartbeat);
    pulses.remove(slot);
  }
}
