package dev.rote.workqueue;

import dev.rote.artifacts.HostTrouble;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.OtherVersionException;
import dev.rote.grpcerrors.ApiErrors;
import dev.rote.grpcerrors.ApiException;
import dev.rote.spec.SpecException;
import dev.rote.spec.UnlikeOfferException;
import dev.rote.v1.RenewLeaseResponse.Order;
import dev.rote.workqueue.WorkOutcome.Failed;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an exception of work means in the words of the contract: the one place that says so.
 *
 * <p>Outages of the object store, of a broker and of a peer spend no attempt, nor do a trouble of
 * the worker's machine and an object of a version that others know; wrong specifications and
 * refusals are not tried again; whatever is not known is tried again, and spends one.
 */
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** How work ended that threw something; of a stop that was ordered, as ordered. */
  static WorkOutcome of(Throwable failure, String workId, WorkContext context) {
    if (failure instanceof CancellationException && context.shouldStop()) {
      return context.order() == Order.YIELD
          ? new WorkOutcome.Yielded()
          : new WorkOutcome.Abandoned();
    }
    Optional<HostTrouble> trouble = HostTrouble.of(failure);
    if (trouble.isPresent()) {
      log.debug("{} attempt {} met a trouble", workId, context.attempt(), failure);
      return new WorkOutcome.Hindered(trouble.get());
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<Failed> known = known(cause);
      if (known.isPresent()) {
        log.warn("{} attempt {}: {}", workId, context.attempt(), known.get().message());
        return known.get();
      }
    }
    log.error("{} attempt {} failed", workId, context.attempt(), failure);
    return Failed.retry("INTERNAL", failure.toString());
  }

  /** Key of the object that is gone or damaged, if that is what a failure comes from. */
  static Optional<String> missingObject(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ObjectStoreException store) {
        return switch (store.reason()) {
          case NOT_FOUND, DAMAGED -> store.key();
          case UNAVAILABLE, REFUSED -> Optional.empty();
        };
      }
      if (cause instanceof StatusRuntimeException status) {
        Status.Code code = status.getStatus().getCode();
        return code == Status.Code.NOT_FOUND || code == Status.Code.DATA_LOSS
            ? ApiErrors.objectKey(status)
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<Failed> known(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof SpecException) {
      return Optional.of(Failed.refuse("SPEC_INVALID", message));
    }
    if (cause instanceof UnlikeOfferException) {
      return Optional.of(Failed.refuse(UnlikeOfferException.REASON, message));
    }
    if (cause instanceof ObjectStoreException store) {
      return Optional.of(of(store));
    }
    if (cause instanceof OtherVersionException) {
      return Optional.of(Failed.waitFor(OtherVersionException.REASON, message));
    }
    if (cause instanceof StatusRuntimeException status) {
      Status.Code code = status.getStatus().getCode();
      String reason = ApiErrors.reason(status).orElse("PEER_" + code);
      return Optional.of(of(code, reason, ApiErrors.describe(status)));
    }
    if (cause instanceof ApiException api) {
      Status.Code code = Status.fromCodeValue(api.status().getCode()).getCode();
      return Optional.of(of(code, api.reason(), message));
    }
    if (cause instanceof RetriableException) {
      return Optional.of(Failed.waitFor("BROKER_UNAVAILABLE", message));
    }
    return Optional.empty();
  }

  private static Failed of(ObjectStoreException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case UNAVAILABLE -> Failed.waitFor("OBJECT_STORE_UNAVAILABLE", message);
      case NOT_FOUND -> Failed.retry("OBJECT_MISSING", message);
      case DAMAGED -> Failed.retry("OBJECT_DAMAGED", message);
      case REFUSED -> Failed.refuse("OBJECT_STORE_REFUSED", message);
    };
  }

  private static Failed of(Status.Code code, String reason, String message) {
    if (reason.equals(OtherVersionException.REASON)) {
      return Failed.waitFor(reason, message);
    }
    return switch (code) {
      case UNAVAILABLE, RESOURCE_EXHAUSTED, ABORTED, DEADLINE_EXCEEDED ->
          Failed.waitFor(reason, message);
      case INTERNAL, UNKNOWN, CANCELLED, NOT_FOUND, DATA_LOSS -> Failed.retry(reason, message);
      default -> Failed.refuse(reason, message);
    };
  }
}
