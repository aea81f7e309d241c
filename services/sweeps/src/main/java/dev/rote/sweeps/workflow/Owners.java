package dev.rote.sweeps.workflow;

import dev.rote.access.Caller;
import dev.rote.access.Ownership;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepRecordOrBuilder;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepSubmitted;
import java.util.Set;

/** Whose sweeps are, as their records, statuses and events say. */
public final class Owners {
  private static final int MOST_READERS = 100;

  private Owners() {}

  public static Ownership of(SweepRecordOrBuilder sweep) {
    return new Ownership(sweep.getOwner(), sweep.getGroup(), Set.copyOf(sweep.getReadersList()));
  }

  public static Ownership of(SweepStatus status) {
    return new Ownership(status.getOwner(), status.getGroup(), Set.copyOf(status.getReadersList()));
  }

  /**
   * Whether who submits a sweep that is there may change how it runs. Decided by the event alone,
   * so that reading the log again decides the same.
   */
  public static boolean maySteer(SweepRecordOrBuilder sweep, SweepSubmitted submitted) {
    /* From before sweeps had owners: whoever submitted one steered it. */
    boolean before = submitted.getOwner().isEmpty();
    return before
        || submitted.getSteersAll()
        || of(sweep).maySteer(new Caller(submitted.getOwner(), Set.of(), submitted.getMemberOf()));
  }

  /** Notes whose a new sweep is. */
  static void enter(SweepRecord.Builder sweep, SweepSubmitted submitted) {
    sweep.setOwner(submitted.getOwner()).setGroup(submitted.getGroup());
  }

  /**
   * Notes that a sweep was submitted again by one who may steer it: its owner says who shares it.
   */
  static void renew(SweepRecord.Builder sweep, SweepSubmitted submitted) {
    if (!sweep.getOwner().isEmpty() && sweep.getOwner().equals(submitted.getOwner())) {
      sweep.setGroup(submitted.getGroup());
    }
  }

  /** Notes that somebody else submitted the same sweep, who reads it from now on. */
  static void join(SweepRecord.Builder sweep, String reader) {
    if (!sweep.getReadersList().contains(reader) && sweep.getReadersCount() < MOST_READERS) {
      sweep.addReaders(reader);
    }
  }
}
