package dev.rote.workqueue;

import com.google.protobuf.ByteString;
import dev.rote.access.grpc.Channels;
import dev.rote.v1.WorkerAnnounced;
import io.grpc.ManagedChannel;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker: takes offers while a slot is free, or soon will be, claims them, and works on what it
 * was granted.
 *
 * <p>Outages of Kafka and of the sweeps service are waited out. Work in flight goes on meanwhile,
 * and its end is reported when the log can be written again. A trouble of its own machine, such as
 * a full disk, is no failure of the work: it is given back, and the worker pauses.
 */
public final class WorkerLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkerLoop.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(15);

  /* Far above what a round may wait: for a claim, for records to be put back, and before it begins anew. */
  private static final Duration ROUND_PATIENCE = Duration.ofMinutes(3);

  private final WorkerSettings settings;
  private final ManagedChannel sweeps;
  private final RecordSender sender;
  private final WorkSlots slots;
  private final Thread dispatcher;
  private final Thread announcer;
  private final CountDownLatch closing = new CountDownLatch(1);

  private WorkerLoop(WorkerSettings settings, WorkHandler handler, WorkerHealth health) {
    this.settings = settings;
    String name = settings.service() + "@" + host() + "/" + ProcessHandle.current().pid();
    sweeps = Channels.open(settings.sweeps(), settings.key(), settings.tls());
    sender = new RecordSender(settings.kafka());
    EventPublisher events = new EventPublisher(sender, Clock.systemUTC(), ByteString.EMPTY);
    slots =
        new WorkSlots(
            settings, name, handler, sweeps, new Reports(events::deliver, name), health, closing);
    WorkKind kind = settings.kind();
    OwnNumerics numerics = new OwnNumerics(settings.numerics());
    announcer =
        new Thread(
            new Announcements(
                events::deliver,
                WorkerAnnounced.newBuilder()
                    .setWorker(name)
                    .setKind(kind.piece())
                    .setVersions(settings.versions().toString()),
                numerics,
                closing),
            kind.group() + "-announcements");
    announcer.setDaemon(true);
    Pulse pulse = health.pulses().part("offers of " + kind.topic(), ROUND_PATIENCE);
    dispatcher =
        new Thread(
            pulse.task(
                new Dispatcher(
                    kind,
                    () -> OfferQueue.join(settings.kafka(), kind),
                    new Claims(sweeps, name, settings.versions(), numerics),
                    sender,
                    slots,
                    health,
                    pulse,
                    closing)),
            kind.group() + "-offers");
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw new UncheckedIOException("this host has no name to work under", e);
    }
  }

  /** Starts a worker whose health nobody asks for; it runs until closed. */
  public static WorkerLoop start(WorkerSettings settings, WorkHandler handler) {
    return start(settings, handler, new WorkerHealth());
  }

  /** Starts a worker that tells how it does; it runs until closed. */
  public static WorkerLoop start(
      WorkerSettings settings, WorkHandler handler, WorkerHealth health) {
    WorkerLoop loop = new WorkerLoop(settings, handler, health);
    loop.dispatcher.start();
    loop.announcer.start();
    return loop;
  }

  /** Slots that are busy. */
  public int working() {
    return slots.working();
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
      dispatcher.join(CLOSE_PATIENCE.toMillis());
      if (!slots.drain(settings.grace())) {
        log.warn("{} pieces of work did not yield in {}", working(), settings.grace());
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    dispatcher.interrupt();
    announcer.interrupt();
    slots.abandon();
    sender.close();
    sweeps.shutdownNow();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
