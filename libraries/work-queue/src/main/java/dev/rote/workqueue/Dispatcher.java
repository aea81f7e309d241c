package dev.rote.workqueue;

import dev.rote.v1.ClaimWorkResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes offers, claims them, and has what was granted done; whatever lies in the topic. */
final class Dispatcher implements Runnable {

  /*
   * One thread owns the share consumers, which are not safe for several: it polls no more records than there is room
   * for, claims them all at once, hands them to the worker threads and accepts them. A record that cannot be claimed
   * while it is locked is written to the end of its topic again and then accepted. Releasing it would count against its
   * delivery limit, beyond which the broker drops it without a word.
   *
   * Where none of the newest offers is wanted any more, as after the end of a wide sweep, many are polled at once and
   * claimed by as many as there is room for; what is left when the room is taken goes to the end of the topic.
   *
   * A record that is no work is rejected: it stays in the topic at its offset, which the log names, for as long as the
   * topic keeps records. One that ended the worker, or its round, twice is not read a third time: the work that it
   * names is reported as failed, which spends an attempt, and is offered anew from what the sweeps service knows.
   */

  static final String REASON_SUSPECT = "RECORD_UNREADABLE";

  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final int MOST_PASSED_OVER = 64;

  /* What is for workers of other versions or numerics is offered again at once: one of them is to have it. */
  private static final Duration LET_OTHERS_TAKE = Duration.ofMillis(250);

  private final WorkKind kind;
  private final Offers.Source source;
  private final Claims claims;
  private final RecordSink sink;
  private final WorkSlots slots;
  private final WorkerHealth health;
  private final Pulse pulse;
  private final CountDownLatch closing;
  private final Outage outage;
  private final Backoff unclaimed = new Backoff(Duration.ofMillis(200), LONGEST_PAUSE);
  private boolean passingOver;
  private boolean unfit;

  Dispatcher(
      WorkKind kind,
      Offers.Source source,
      Claims claims,
      RecordSink sink,
      WorkSlots slots,
      WorkerHealth health,
      Pulse pulse,
      CountDownLatch closing) {
    this.kind = kind;
    this.source = source;
    this.claims = claims;
    this.sink = sink;
    this.slots = slots;
    this.health = health;
    this.pulse = pulse;
    this.closing = closing;
    this.outage = new Outage(log, "offers cannot be taken from " + kind.topic());
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /* Waits, and says whether to stop. */
  private boolean pause(Duration time) throws InterruptedException {
    return closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void run() {
    Backoff broken = new Backoff(Duration.ofMillis(100), LONGEST_PAUSE);
    try {
      do {
        try (Offers offers = source.join()) {
          while (!isClosing()) {
            step(offers);
            outage.over();
            broken.reset();
            pulse.round(offers.holdUp());
          }
        } catch (KafkaException | IllegalStateException e) {
          outage.seen(e);
          pulse.held("offers cannot be taken from " + kind.topic() + ": " + Outage.root(e));
          log.debug("the share consumer is made anew", e);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
          // No beat: a round that never succeeds is no sign of life.
          log.error("a round of offers from {} failed", kind.topic(), e);
        }
      } while (!pause(broken.next()));
    } catch (InterruptedException e) {
      log.debug("taking offers was interrupted");
    }
  }

  private void step(Offers offers) throws InterruptedException {
    slots.giveBackLate();
    if (health.hindrance().lasts()) {
      pause(POLL);
      return;
    }
    int room = slots.room(POLL);
    if (room > 0) {
      take(offers, offers.poll(passingOver ? Math.max(room, MOST_PASSED_OVER) : room, POLL), room);
    }
  }

  private void take(Offers offers, List<ConsumerRecord<String, byte[]>> records, int room)
      throws InterruptedException {
    unfit = false;
    List<Offer.Claimable> claimable = claimable(offers, records);
    List<ConsumerRecord<String, byte[]>> unanswered = new ArrayList<>();
    long patience = System.nanoTime() + offers.lock().dividedBy(2).toNanos();
    int left = room;
    int next = 0;
    while (next < claimable.size() && left > 0 && System.nanoTime() < patience) {
      List<Offer.Claimable> some = claimable.subList(next, Math.min(next + left, claimable.size()));
      left -= claim(offers, some, Duration.ofNanos(patience - System.nanoTime()), unanswered);
      next += some.size();
    }
    boolean refused = !unanswered.isEmpty();
    passingOver = next > 0 && left == room && !refused;
    claimable.subList(next, claimable.size()).forEach(offer -> unanswered.add(offer.record()));
    putBack(offers, unanswered);
    offers.commit();
    if (refused) {
      pause(unclaimed.next());
    } else if (next > 0) {
      unclaimed.reset();
    }
    if (unfit) {
      pause(LET_OTHERS_TAKE);
    }
  }

  private List<Offer.Claimable> claimable(
      Offers offers, List<ConsumerRecord<String, byte[]>> records) {
    List<Offer.Claimable> claimable = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      Offer offer = Offer.read(record, kind);
      if (offer instanceof Offer.Refused refused) {
        setAside(offers, refused);
      } else if (offer instanceof Offer.Claimable one) {
        claimable.add(one);
      }
    }
    return claimable;
  }

  /** Claims offers at once; how many were granted. Those without an answer are added to a list. */
  private int claim(
      Offers offers,
      List<Offer.Claimable> some,
      Duration patience,
      List<ConsumerRecord<String, byte[]>> unanswered)
      throws InterruptedException {
    List<Optional<ClaimWorkResponse>> answers = claims.claim(some, patience, this::isClosing);
    int granted = 0;
    for (int i = 0; i < some.size(); i++) {
      if (answers.get(i).isPresent()) {
        ClaimWorkResponse answer = answers.get(i).get();
        granted += answer.getDecision() == ClaimWorkResponse.Decision.GRANTED ? 1 : 0;
        begin(some.get(i), answer);
        offers.settle(some.get(i).record(), AcknowledgeType.ACCEPT);
      } else {
        unanswered.add(some.get(i).record());
      }
    }
    return granted;
  }

  private void setAside(Offers offers, Offer.Refused refused) {
    log.error("{} is set aside: {}", origin(refused.record()), refused.why());
    health.refused();
    offers.settle(refused.record(), AcknowledgeType.REJECT);
  }

  private static String origin(ConsumerRecord<?, ?> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }

  private void begin(Offer.Claimable offer, ClaimWorkResponse claim) {
    boolean granted = claim.getDecision() == ClaimWorkResponse.Decision.GRANTED;
    if (granted && offer instanceof Offer.Work work) {
      slots.begin(claim.hasItem() ? claim.getItem() : work.item(), claim);
    } else if (granted && offer instanceof Offer.Suspect suspect) {
      health.refused();
      slots.fail(suspect.workId(), claim, failure(suspect));
    } else {
      if (claim.getDecision() == ClaimWorkResponse.Decision.OTHER_VERSIONS) {
        unfit = true;
        health.unfit();
      }
      log.debug("{} is {}", offer.workId(), claim.getDecision());
    }
  }

  private static WorkOutcome.Failed failure(Offer.Suspect suspect) {
    String message =
        "the offer %s was delivered %d times, and each time its worker ended or had to begin anew; it is not tried again"
            .formatted(origin(suspect.record()), Offer.MOST_DELIVERIES);
    log.error("{}: {}", suspect.workId(), message);
    return WorkOutcome.Failed.retry(REASON_SUSPECT, message);
  }

  private void putBack(Offers offers, List<ConsumerRecord<String, byte[]>> records)
      throws InterruptedException {
    long patience = System.nanoTime() + offers.lock().dividedBy(4).toNanos();
    for (ConsumerRecord<String, byte[]> record : records) {
      boolean offeredAgain =
          sink.deliver(
              new ProducerRecord<>(record.topic(), record.key(), record.value()),
              () -> System.nanoTime() > patience || isClosing());
      offers.settle(record, offeredAgain ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE);
    }
  }
}
