package dev.rote.corruption.queue;

import dev.rote.artifacts.HostTrouble;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.variants.VariantMaker;
import dev.rote.spec.AdmittedVariant;
import dev.rote.spec.SpecException;
import dev.rote.spec.UnlikeOfferException;
import dev.rote.spec.Versions;
import dev.rote.v1.RenewLeaseResponse;
import dev.rote.v1.WorkItem;
import dev.rote.workqueue.WorkContext;
import dev.rote.workqueue.WorkHandler;
import dev.rote.workqueue.WorkOutcome;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Makes one variant. */
final class VariantHandler implements WorkHandler {
  private final VariantMaker maker;

  VariantHandler(VariantMaker maker) {
    this.maker = maker;
  }

  @Override
  public WorkOutcome handle(WorkItem item, WorkContext context) {
    if (context.shouldStop()) {
      return stopped(context);
    }
    try {
      AdmittedVariant offered =
          AdmittedVariant.offered(item.getMaterializeVariant(), Versions.CURRENT);
      VariantMaker.Made made = maker.make(offered, context::shouldStop);
      return WorkOutcome.Completed.work(!made.created());
    } catch (CancellationException e) {
      return stopped(context);
    } catch (SpecException e) {
      return new WorkOutcome.Failed("SPEC_INVALID", String.valueOf(e.getMessage()), false);
    } catch (UnlikeOfferException e) {
      return new WorkOutcome.Failed(
          UnlikeOfferException.REASON, String.valueOf(e.getMessage()), false);
    } catch (DatasetException e) {
      return failed(e);
    } catch (ObjectStoreException e) {
      return outcome(e);
    }
  }

  private static WorkOutcome stopped(WorkContext context) {
    return context.order() == RenewLeaseResponse.Order.ABANDON
        ? new WorkOutcome.Abandoned()
        : new WorkOutcome.Yielded();
  }

  private static WorkOutcome outcome(ObjectStoreException e) {
    String reason = "OBJECT_STORE_" + e.reason();
    String message = String.valueOf(e.getMessage());
    Optional<HostTrouble> trouble = HostTrouble.of(e);
    if (trouble.isPresent()) {
      return new WorkOutcome.Hindered(trouble.get());
    }
    return e.reason() == ObjectStoreException.Reason.UNAVAILABLE
        ? new WorkOutcome.Yielded(reason, message)
        : new WorkOutcome.Failed(reason, message, false);
  }

  private static WorkOutcome failed(DatasetException e) {
    Optional<HostTrouble> trouble = HostTrouble.of(e);
    if (trouble.isPresent()) {
      return new WorkOutcome.Hindered(trouble.get());
    }
    String message = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case REFUSED -> new WorkOutcome.Failed("SPEC_INVALID", message, false);
      case MISSING -> new WorkOutcome.Failed("DATASET_MISSING", message, false);
      case DAMAGED -> new WorkOutcome.Failed("DATASET_DAMAGED", message, false);
      case UNREACHABLE -> new WorkOutcome.Failed("DATASET_UNREACHABLE", message, true);
    };
  }
}
