package dev.rote.workqueue;

import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.mending.Mending;
import dev.rote.v1.MissingArtifact;
import dev.rote.v1.WorkItem;
import java.util.List;
import java.util.Optional;

/**
 * Work on objects of the store. One that is gone or damaged is named in the failure, to be made
 * again; a damaged one is set aside before. All other failures become what {@link Failures} says.
 */
public final class MendedWork implements WorkHandler {
  private final WorkHandler handler;
  private final Mending mending;

  /**
   * @param handler may throw whatever stops it
   */
  public MendedWork(WorkHandler handler, ObjectStore store) {
    this.handler = handler;
    this.mending = new Mending(store);
  }

  @Override
  public WorkOutcome handle(WorkItem item, WorkContext context) throws InterruptedException {
    try {
      return handled(item, context);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return Failures.of(e, item.getWorkId(), context);
    }
  }

  private WorkOutcome handled(WorkItem item, WorkContext context) throws Exception {
    try {
      return handler.handle(item, context);
    } catch (RuntimeException e) {
      Optional<MissingArtifact> missing = Failures.missingObject(e).flatMap(mending::mend);
      if (missing.isEmpty()) {
        throw e;
      }
      return WorkOutcome.Failed.remake(String.valueOf(e.getMessage()), List.of(missing.get()));
    }
  }
}
