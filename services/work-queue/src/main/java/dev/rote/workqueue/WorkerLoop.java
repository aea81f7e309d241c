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
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker: takes offers while a slot is free, claims them, and works on what it was granted.
 *
 * <p>Outages of Kafka and of the sweeps service are waited out. Work in flight goes on meanwhile,
 * and its end is reported when the log can be written again.
 */
public final class WorkerLoop implements AutoCloseable {

  /*
   * One thread owns the share consumer, which is not safe for several: it takes a slot, polls one record, claims it,
   * hands it to a worker thread and accepts it. A record that cannot be claimed while it is locked is written to the
   * end of its topic again and then accepted. Releasing it would count against its delivery limit, beyond which the
   * broker drops it without a word.
   */

  private static final Logger log = LoggerFactory.getLogger(WorkerLoop.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final WorkerSettings settings;
  private final WorkHandler handler;
  private final String name;
  private final ManagedChannel sweeps;
  private final Claims claims;
  private final RecordSender sender;
  private final Reports reports;
  private final Semaphore slots;
  private final ExecutorService workers;
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
    slots = new Semaphore(settings.slots());
    AtomicInteger number = new AtomicInteger();
    String threads = settings.kind().group();
    workers =
        Executors.newFixedThreadPool(
            settings.slots(), task -> new Thread(task, threads + "-" + number.incrementAndGet()));
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

  /** Pieces of work in flight, at most the number of slots. */
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
    if (!slots.tryAcquire(POLL.toNanos(), TimeUnit.NANOSECONDS)) {
      return;
    }
    boolean handedOver = false;
    try {
      Optional<ConsumerRecord<String, byte[]>> record = queue.poll(POLL);
      handedOver = record.isPresent() && take(queue, record.get());
    } finally {
      if (!handedOver) {
        slots.release();
      }
    }
  }

  /* Whether a worker thread has the work, and with it the slot. */
  private boolean take(OfferQueue queue, ConsumerRecord<String, byte[]> record)
      throws InterruptedException {
    WorkItem item;
    try {
      item = WorkItem.parseFrom(record.value());
    } catch (InvalidProtocolBufferException e) {
      log.error("{} offset {} is no work item; rejected", record.topic(), record.offset(), e);
      queue.settle(record, AcknowledgeType.REJECT);
      return false;
    }
    Optional<ClaimWorkResponse> answer =
        claims.claim(item.getWorkId(), queue.lock().dividedBy(2), this::isClosing);
    if (answer.isEmpty()) {
      putBack(queue, record);
      return false;
    }
    unclaimed.reset();
    ClaimWorkResponse claim = answer.get();
    boolean granted = claim.getDecision() == ClaimWorkResponse.Decision.GRANTED;
    if (granted) {
      working.incrementAndGet();
      workers.execute(() -> work(item, claim));
    } else {
      log.debug("{} is {}", item.getWorkId(), claim.getDecision());
    }
    queue.settle(record, AcknowledgeType.ACCEPT);
    return granted;
  }

  private void putBack(OfferQueue queue, ConsumerRecord<String, byte[]> record)
      throws InterruptedException {
    long patience = System.nanoTime() + queue.lock().dividedBy(4).toNanos();
    boolean offeredAgain =
        sender.deliver(
            new ProducerRecord<>(record.topic(), record.key(), record.value()),
            () -> System.nanoTime() > patience || isClosing());
    queue.settle(record, offeredAgain ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE);
    pause(unclaimed.next());
  }

  private void work(WorkItem item, ClaimWorkResponse claim) {
    RenewLeaseRequest renewal =
        RenewLeaseRequest.newBuilder()
            .setWorkId(item.getWorkId())
            .setAttempt(claim.getAttempt())
            .setWorker(name)
            .build();
    Duration lease = Duration.ofSeconds(claim.getLease().getSeconds(), claim.getLease().getNanos());
    try (HeldLease held = new HeldLease(sweeps, renewal, lease, this::isClosing)) {
      held.start();
      reports.report(renewal, outcome(item, held), held::lost);
    } catch (InterruptedException e) {
      log.warn("{} was interrupted; its lease will expire", item.getWorkId());
    } finally {
      working.decrementAndGet();
      slots.release();
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
    sender.close();
    sweeps.shutdownNow();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
