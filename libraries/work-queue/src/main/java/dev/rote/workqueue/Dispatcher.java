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
   * A record that is no work is rejected: it stays in the topic at its offset, which the log names, for as long as the
   * topic keeps records. One that ended the worker, or its round, twice is not read a third time: the work that it
   * names is reported as failed, which spends an attempt, and is offered anew from what the sweeps service knows.
   */

  static final String REASON_SUSPECT = "RECORD_UNREADABLE";

  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

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
            pulse.beat();
          }
        } catch (KafkaException | IllegalStateException e) {
          outage.seen(e);
          pulse.beat();
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
    int room = health.hindrance().most(slots.room(POLL));
    if (room > 0) {
      take(offers, offers.poll(room, POLL));
    }
  }

  private void take(Offers offers, List<ConsumerRecord<String, byte[]>> records)
      throws InterruptedException {
    List<Offer.Claimable> claimed = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      Offer offer = Offer.read(record, kind);
      if (offer instanceof Offer.Refused refused) {
        setAside(offers, refused);
      } else if (offer instanceof Offer.Claimable claimable) {
        claimed.add(claimable);
      }
    }
    List<Optional<ClaimWorkResponse>> answers =
        claims.claim(
            claimed.stream().map(Offer.Claimable::workId).toList(),
            offers.lock().dividedBy(2),
            this::isClosing);
    List<ConsumerRecord<String, byte[]>> unanswered = new ArrayList<>();
    for (int i = 0; i < claimed.size(); i++) {
      if (answers.get(i).isPresent()) {
        begin(claimed.get(i), answers.get(i).get());
        offers.settle(claimed.get(i).record(), AcknowledgeType.ACCEPT);
      } else {
        unanswered.add(claimed.get(i).record());
      }
    }
    putBack(offers, unanswered);
    offers.commit();
    if (!unanswered.isEmpty()) {
      pause(unclaimed.next());
    } else if (!claimed.isEmpty()) {
      unclaimed.reset();
    }
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
      slots.begin(work.item(), claim);
    } else if (granted && offer instanceof Offer.Suspect suspect) {
      health.refused();
      slots.fail(suspect.workId(), claim, failure(suspect));
    } else {
      log.debug("{} is {}", offer.workId(), claim.getDecision());
    }
  }

  private static WorkOutcome.Failed failure(Offer.Suspect suspect) {
    String message =
        "the offer %s was delivered %d times, and each time its worker ended or had to begin anew; it is not tried again"
            .formatted(origin(suspect.record()), Offer.MOST_DELIVERIES);
    log.error("{}: {}", suspect.workId(), message);
    return new WorkOutcome.Failed(REASON_SUSPECT, message, true);
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
