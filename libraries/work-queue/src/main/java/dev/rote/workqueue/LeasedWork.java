package dev.rote.workqueue;

import dev.rote.artifacts.HostTrouble;
import dev.rote.spec.Versions;
import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.RenewLeaseRequest;
import dev.rote.v1.WorkFailed.Remedy;
import dev.rote.v1.WorkItem;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that was granted, as a task of a slot: done once, or given back undone. */
final class LeasedWork implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(LeasedWork.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /** Reason of work given back that this worker computes otherwise. */
  static final String OTHER_VERSIONS = "OTHER_VERSIONS";

  private final WorkSlots slots;
  private final WorkHandler handler;
  private final WorkItem item;
  private final RenewLeaseRequest renewal;
  private final HeldLease held;
  private final long granted = System.nanoTime();

  LeasedWork(WorkSlots slots, WorkHandler handler, WorkItem item, ClaimWorkResponse claim) {
    this.slots = slots;
    this.handler = handler;
    this.item = item;
    this.renewal =
        RenewLeaseRequest.newBuilder()
            .setWorkId(item.getWorkId())
            .setAttempt(claim.getAttempt())
            .setWorker(slots.worker())
            .setLeaseSecret(claim.getLeaseSecret())
            .build();
    Duration lease = Duration.ofSeconds(claim.getLease().getSeconds(), claim.getLease().getNanos());
    this.held = slots.hold(renewal, lease);
  }

  /** Whether it has waited for a slot for so long that others should have it. */
  boolean late() {
    return System.nanoTime() - granted > LONGEST_WAIT.toNanos();
  }

  void giveBack() throws InterruptedException {
    try (held) {
      slots
          .reports()
          .report(renewal, new WorkOutcome.Yielded(), () -> held.lost() || slots.isClosing());
    } finally {
      slots.givenBack();
    }
  }

  @Override
  public void run() {
    long begun = System.nanoTime();
    slots.begun();
    try (held) {
      held.begin();
      slots.reports().report(renewal, outcome(), held::lost);
    } catch (InterruptedException e) {
      log.warn("{} was interrupted; its lease will expire", item.getWorkId());
    } catch (RuntimeException | Error e) {
      OutOfMemory.endsTheProcess(e);
      log.error("the end of {} cannot be told; its lease will expire", item.getWorkId(), e);
    } finally {
      slots.ended(System.nanoTime() - begun);
    }
  }

  private WorkOutcome outcome() throws InterruptedException {
    WorkOutcome outcome = handled();
    if (outcome instanceof WorkOutcome.Hindered hindered) {
      return slots.hindered(item.getWorkId(), hindered.trouble());
    }
    boolean worked =
        outcome instanceof WorkOutcome.Failed failed
            ? failed.remedy() != Remedy.WAIT
            : outcome instanceof WorkOutcome.Completed;
    if (worked) {
      slots.worked();
    }
    return outcome;
  }

  /** Where the service that granted the work is of before versions were compared there. */
  private Optional<WorkOutcome> unfit() {
    Versions asked = Versions.parse(item.getVersions());
    return slots.versions().fit(item.getWorkCase(), asked)
        ? Optional.empty()
        : Optional.of(
            WorkOutcome.Failed.waitFor(
                OTHER_VERSIONS,
                "it is of the semantic versions %s (corruption/engine/metrics), this worker computes %s"
                    .formatted(asked, slots.versions())));
  }

  private WorkOutcome handled() throws InterruptedException {
    try {
      Optional<WorkOutcome> unfit = unfit();
      if (unfit.isPresent()) {
        return unfit.get();
      }
      return slots.isClosing() || slots.hindered()
          ? new WorkOutcome.Yielded()
          : handler.handle(item, held);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | Error e) {
      if (HostTrouble.of(e).isEmpty()) {
        OutOfMemory.endsTheProcess(e);
      }
      return Failures.of(e, item.getWorkId(), held);
    }
  }
}
