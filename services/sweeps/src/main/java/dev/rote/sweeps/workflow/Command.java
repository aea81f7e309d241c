package dev.rote.sweeps.workflow;

import dev.rote.v1.SweepEvent;
import dev.rote.v1.WorkItem;

/** What a decision makes happen. */
public sealed interface Command {

  /** Offers work on the topic of its kind. */
  record OfferWork(WorkItem item) implements Command {}

  /** Tells the world of a change of phase. */
  record Announce(SweepEvent event) implements Command {}

  /** Writes a {@code SweepAdvanced} to the log: there are more cells to start. */
  record Advance(String sweepId) implements Command {}
}
