package dev.rote.workqueue;

import dev.rote.v1.WorkItem;

/**
 * Does one piece of work at a time per slot; called on several threads at once when there are
 * several slots.
 */
@FunctionalInterface
public interface WorkHandler {

  /**
   * Does the work and says how it ended. An exception counts as {@link WorkOutcome.Failed} with
   * reason {@code INTERNAL}, to be retried.
   */
  WorkOutcome handle(WorkItem item, WorkContext context) throws Exception;
}
