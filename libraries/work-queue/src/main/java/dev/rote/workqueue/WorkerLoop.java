package dev.rote.workqueue;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.RenewLeaseRequest;
import dev.rote.v1.WorkItem;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker: takes offers while a slot is free, or soon will be, claims them, and works on what it
 * was granted.
 *
 * <p>Outages of Kafka and of the sweeps service are waited out. Work in flight goes on meanwhile,
 * and its end is reported when the log can be written again.
 */
public final class WorkerLoop implements AutoCloseable {

  /*
   * One thread owns the share consumers, which are not safe for several: it polls no more records than there is room
   * for, claims them all at once, hands them to the worker threads and accepts them. A record that cannot be claimed
   * while it is locked is written to the end of its topic again and then accepted. Releasing it would count against its
   * delivery limit, beyond which the broker drops it without a word.
   *
   * Work that was taken ahead and is not begun soon, since what came before it takes long after all, is given back for
   * others to take.
   */

  private static final Logger log = LoggerFactory.getLogger(WorkerLoop.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final WorkerSettings settings;
  private final WorkHandler handler;
  private final String name;
  private final ManagedChannel sweeps;
  private final Claims claims;
  private final RecordSender sender;
  private final Reports reports;
  private final Capacity capacity;
  private final ThreadPoolExecutor workers;
  private final ScheduledExecutorService leases = HeldLease.clock();
  private final Thread dispatcher;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicInteger working = new AtomicInteger();
  private final Outage outage;
  private final Backoff unclaimed = new Backoff(Duration.ofMillis(200), LONGEST_PAUSE);

  private WorkerLoop(WorkerSettings settings, WorkHandler handler) {
    this.settings = settings;
    this.handler = handler;
    name = settings.service() + "@" + host() + "/" + ProcessHandle.current().pid();
    sweeps = ManagedChannelBuilder.forTarget(settings.sweeps()).usePlaintext().build();
    claims = new Claims(sweeps, name);
    sender = new RecordSender(settings.kafka());
    reports = new Reports(new EventPublisher(sender, Clock.systemUTC()), name);
    capacity = new Capacity(settings.slots());
    AtomicInteger number = new AtomicInteger();
    String threads = settings.kind().group();
    workers =
        new ThreadPoolExecutor(
            settings.slots(),
            settings.slots(),
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> new Thread(task, threads + "-" + number.incrementAndGet()));
    dispatcher = new Thread(this::dispatch, threads + "-offers");
    outage = new Outage(log, "offers cannot be taken from " + settings.kind().topic());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw new UncheckedIOException("this host has no name to work under", e);
    }
  }

  /** Starts a worker; it runs until closed. */
  public static WorkerLoop start(WorkerSettings settings, WorkHandler handler) {
    WorkerLoop loop = new WorkerLoop(settings, handler);
    loop.dispatcher.start();
    return loop;
  }

  /** Slots that are busy. */
  public int working() {
    return working.get();
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /* Waits, and says whether to stop. */
  private boolean pause(Duration time) throws InterruptedException {
    return closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void dispatch() {
    Backoff broken = new Backoff(Duration.ofMillis(100), LONGEST_PAUSE);
    try {
      do {
        try (OfferQueue queue = OfferQueue.join(settings.kafka(), settings.kind())) {
          while (!isClosing()) {
            step(queue);
            outage.over();
            broken.reset();
          }
        } catch (KafkaException | IllegalStateException e) {
          outage.seen(e);
          log.debug("the share consumer is made anew", e);
        }
      } while (!pause(broken.next()));
    } catch (InterruptedException e) {
      log.debug("taking offers was interrupted");
    }
  }

  private void step(OfferQueue queue) throws InterruptedException {
    giveBackLate();
    int room = capacity.await(POLL);
    if (room > 0) {
      take(queue, queue.poll(room, POLL));
    }
  }

  private void take(OfferQueue queue, List<ConsumerRecord<String, byte[]>> records)
      throws InterruptedException {
    List<WorkItem> items = new ArrayList<>();
    List<ConsumerRecord<String, byte[]>> offers = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      try {
        items.add(WorkItem.parseFrom(record.value()));
        offers.add(record);
      } catch (InvalidProtocolBufferException e) {
        log.error("{} offset {} is no work item; rejected", record.topic(), record.offset(), e);
        queue.settle(record, AcknowledgeType.REJECT);
      }
    }
    List<Optional<ClaimWorkResponse>> answers =
        claims.claim(
            items.stream().map(WorkItem::getWorkId).toList(),
            queue.lock().dividedBy(2),
            this::isClosing);
    List<ConsumerRecord<String, byte[]>> unanswered = new ArrayList<>();
    for (int i = 0; i < offers.size(); i++) {
      if (answers.get(i).isPresent()) {
        begin(items.get(i), answers.get(i).get());
        queue.settle(offers.get(i), AcknowledgeType.ACCEPT);
      } else {
        unanswered.add(offers.get(i));
      }
    }
    putBack(queue, unanswered);
    queue.commit();
    if (!unanswered.isEmpty()) {
      pause(unclaimed.next());
    } else if (!offers.isEmpty()) {
      unclaimed.reset();
    }
  }

  private void begin(WorkItem item, ClaimWorkResponse claim) {
    if (claim.getDecision() == ClaimWorkResponse.Decision.GRANTED) {
      capacity.taken();
      workers.execute(new Job(item, claim));
    } else {
      log.debug("{} is {}", item.getWorkId(), claim.getDecision());
    }
  }

  private void putBack(OfferQueue queue, List<ConsumerRecord<String, byte[]>> records)
      throws InterruptedException {
    long patience = System.nanoTime() + queue.lock().dividedBy(4).toNanos();
    for (ConsumerRecord<String, byte[]> record : records) {
      boolean offeredAgain =
          sender.deliver(
              new ProducerRecord<>(record.topic(), record.key(), record.value()),
              () -> System.nanoTime() > patience || isClosing());
      queue.settle(record, offeredAgain ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE);
    }
  }

  private void giveBackLate() throws InterruptedException {
    for (Runnable waiting : workers.getQueue()) {
      if (waiting instanceof Job job && job.late() && workers.remove(job)) {
        job.giveBack();
      }
    }
  }

  /** Work that was granted. */
  private final class Job implements Runnable {
    private final WorkItem item;
    private final RenewLeaseRequest renewal;
    private final HeldLease held;
    private final long granted = System.nanoTime();

    Job(WorkItem item, ClaimWorkResponse claim) {
      this.item = item;
      this.renewal =
          RenewLeaseRequest.newBuilder()
              .setWorkId(item.getWorkId())
              .setAttempt(claim.getAttempt())
              .setWorker(name)
              .build();
      Duration lease =
          Duration.ofSeconds(claim.getLease().getSeconds(), claim.getLease().getNanos());
      this.held = new HeldLease(sweeps, renewal, lease, WorkerLoop.this::isClosing);
      held.start(leases);
    }

    boolean late() {
      return System.nanoTime() - granted > LONGEST_WAIT.toNanos();
    }

    void giveBack() throws InterruptedException {
      try (held) {
        reports.report(renewal, new WorkOutcome.Yielded(), () -> held.lost() || isClosing());
      } finally {
        capacity.givenBack();
      }
    }

    @Override
    public void run() {
      long begun = System.nanoTime();
      working.incrementAndGet();
      try (held) {
        reports.report(renewal, outcome(item, held), held::lost);
      } catch (InterruptedException e) {
        log.warn("{} was interrupted; its lease will expire", item.getWorkId());
      } finally {
        working.decrementAndGet();
        capacity.ended(System.nanoTime() - begun);
      }
    }
  }

  private WorkOutcome outcome(WorkItem item, HeldLease held) throws InterruptedException {
    try {
      return isClosing() ? new WorkOutcome.Yielded() : handler.handle(item, held);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError e) {
      log.error("{} attempt {} failed", item.getWorkId(), held.attempt(), e);
      return new WorkOutcome.Failed("INTERNAL", e.toString(), true);
    }
  }

  /**
   * Stops taking offers, orders the work in flight to yield, waits for that as long as the settings
   * grant, and then interrupts what is left.
   */
  @Override
  public void close() {
    closing.countDown();
    boolean interrupted = false;
    try {
      dispatcher.join(LONGEST_PAUSE.toMillis());
      workers.shutdown();
      if (!workers.awaitTermination(settings.grace().toNanos(), TimeUnit.NANOSECONDS)) {
        log.warn("{} pieces of work did not yield in {}", working(), settings.grace());
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    dispatcher.interrupt();
    workers.shutdownNow();
    leases.shutdownNow();
    sender.close();
    sweeps.shutdownNow();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
