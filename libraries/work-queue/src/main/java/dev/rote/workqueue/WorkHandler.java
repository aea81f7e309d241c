package dev.rote.workqueue;

import dev.rote.v1.WorkItem;

/**
 * Does one piece of work at a time per slot; called on several threads at once when there are
 * several slots.
 */
@FunctionalInterface
public interface WorkHandler {

  /**
   * Does the work and says how it ended. What it throws becomes what {@link Failures} says; a
   * {@link java.util.concurrent.CancellationException} after an order means that it was followed.
   */
  WorkOutcome handle(WorkItem item, WorkContext context) throws Exception;
}
