package dev.rote.corruption.queue;

import dev.rote.artifacts.HostTrouble;
import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.variants.VariantMaker;
import dev.rote.spec.AdmittedVariant;
import dev.rote.spec.Versions;
import dev.rote.v1.WorkItem;
import dev.rote.workqueue.WorkContext;
import dev.rote.workqueue.WorkHandler;
import dev.rote.workqueue.WorkOutcome;

/** Makes one variant. */
final class VariantHandler implements WorkHandler {
  private final VariantMaker maker;

  VariantHandler(VariantMaker maker) {
    this.maker = maker;
  }

  @Override
  public WorkOutcome handle(WorkItem item, WorkContext context) {
    try {
      AdmittedVariant offered =
          AdmittedVariant.offered(item.getMaterializeVariant(), Versions.CURRENT);
      VariantMaker.Made made = maker.make(offered, context::shouldStop);
      return WorkOutcome.Completed.work(!made.created());
    } catch (DatasetException e) {
      if (HostTrouble.of(e).isPresent()) {
        throw e;
      }
      return failed(e);
    }
  }

  private static WorkOutcome failed(DatasetException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case REFUSED -> WorkOutcome.Failed.refuse("SPEC_INVALID", message);
      case MISSING -> WorkOutcome.Failed.refuse("DATASET_MISSING", message);
      case DAMAGED -> WorkOutcome.Failed.refuse("DATASET_DAMAGED", message);
      case UNREACHABLE -> WorkOutcome.Failed.retry("DATASET_UNREACHABLE", message);
    };
  }
}
