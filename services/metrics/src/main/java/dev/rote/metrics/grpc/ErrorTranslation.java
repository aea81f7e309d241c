package dev.rote.metrics.grpc;

import dev.rote.grpcerrors.ApiException;
import dev.rote.metrics.metric.NotReproducedException;
import dev.rote.metrics.storage.MissingArtifactException;
import io.grpc.Status;
import java.util.concurrent.CancellationException;

/** What the failures of this service mean to a caller of its API. */
final class ErrorTranslation {
  private ErrorTranslation() {}

  /** The failure to answer with; those of the shared libraries pass unchanged. */
  static RuntimeException translate(RuntimeException failure) {
    if (failure instanceof MissingArtifactException missing) {
      return ApiException.notFound(
          missing.reason().name(),
          missing.reason().resource(),
          missing.subject(),
          String.valueOf(missing.getMessage()));
    }
    if (failure instanceof NotReproducedException other) {
      return ApiException.precondition(
          NotReproducedException.REASON, other.trialId(), String.valueOf(other.getMessage()));
    }
    return failure instanceof CancellationException
        ? Status.CANCELLED.withDescription(failure.getMessage()).asRuntimeException()
        : failure;
  }
}
