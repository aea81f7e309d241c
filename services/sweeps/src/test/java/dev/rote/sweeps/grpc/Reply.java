package dev.rote.sweeps.grpc;

import dev.rote.grpcerrors.ApiException;
import dev.rote.spec.SpecException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** The one answer of a call. */
final class Reply<R> implements StreamObserver<R> {
  private final CompletableFuture<R> value = new CompletableFuture<>();

  @Override
  public void onNext(R next) {
    value.complete(next);
  }

  @Override
  public void onError(Throwable failure) {
    value.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {
    value.completeExceptionally(new AssertionError("ended without an answer"));
  }

  R value() throws Exception {
    return value.get(90, TimeUnit.SECONDS);
  }

  /** As the interceptor of errors tells it. */
  String code() throws Exception {
    try {
      value();
      return "OK";
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiException api) {
        return Status.fromCodeValue(api.status().getCode()).getCode().name();
      }
      if (e.getCause() instanceof SpecException) {
        return "INVALID_ARGUMENT";
      }
      if (e.getCause() instanceof StatusRuntimeException status) {
        return status.getStatus().getCode().name();
      }
      throw new AssertionError("a bug to the client: INTERNAL", e.getCause());
    }
  }
}
