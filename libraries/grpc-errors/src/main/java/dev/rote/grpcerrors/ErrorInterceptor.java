package dev.rote.grpcerrors;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.rote.artifacts.HostTrouble;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.OtherVersionException;
import dev.rote.spec.SpecException;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that turns exceptions into statuses. Service methods throw, or pass what they
 * caught to {@code StreamObserver.onError}; both ways end here.
 */
public final class ErrorInterceptor implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorInterceptor.class);

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    ServerCall<Q, A> translating =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(io.grpc.Status status, Metadata trailers) {
            Throwable cause = status.getCause();
            if (isTold(status) || cause == null || cause instanceof StatusRuntimeException) {
              super.close(shortened(status), trailers);
            } else {
              StatusRuntimeException mapped = toStatus(cause);
              super.close(mapped.getStatus(), trailersOf(mapped));
            }
          }
        };
    try {
      return new Guarded<>(next.startCall(translating, headers), translating);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      closeWith(translating, e);
      return new ServerCall.Listener<>() {};
    }
  }

  /* Whether a status was chosen by whoever failed: gRPC makes UNKNOWN ones of whatever else is thrown. */
  private static boolean isTold(io.grpc.Status status) {
    return status.getCode() != io.grpc.Status.Code.UNKNOWN
        && status.getCode() != io.grpc.Status.Code.INTERNAL;
  }

  /** The status that a failure becomes. */
  public StatusRuntimeException toStatus(Throwable failure) {
    if (failure instanceof StatusRuntimeException status) {
      return malformed(status).map(ApiException::told).orElse(status);
    }
    if (failure instanceof ApiException known) {
      return known.told();
    }
    if (failure instanceof SpecException refused) {
      return translate(refused).told();
    }
    if (failure instanceof OtherVersionException other) {
      String message = String.valueOf(other.getMessage());
      return ApiException.precondition(OtherVersionException.REASON, "object", message).told();
    }
    if (failure instanceof ObjectStoreException store && HostTrouble.of(store).isEmpty()) {
      Optional<ApiException> translated = translate(store);
      if (translated.isPresent()) {
        return translated.get().told();
      }
    }
    Optional<HostTrouble> trouble = HostTrouble.of(failure);
    if (trouble.isPresent()) {
      LOG.error("{}: {}", trouble.get().kind(), trouble.get().message());
      return ApiException.troubled(trouble.get(), failure).told();
    }
    return internal(failure);
  }

  /* What the parser of messages throws. */
  private static Optional<ApiException> malformed(StatusRuntimeException failure) {
    return failure.getStatus().getCode() == io.grpc.Status.Code.INTERNAL
            && failure.getCause() instanceof InvalidProtocolBufferException wrong
        ? Optional.of(
            ApiException.invalid("", "the request is no message of its type: " + readable(wrong)))
        : Optional.empty();
  }

  /* Advice to programmers of parsers is none to a caller. */
  private static String readable(InvalidProtocolBufferException wrong) {
    String message = String.valueOf(wrong.getMessage());
    return message.contains("levels of nesting")
        ? "its messages and lists lie in one another more than 100 deep"
        : message;
  }

  private static StatusRuntimeException internal(Throwable failure) {
    String correlation = UUID.randomUUID().toString();
    LOG.error("internal error {}", correlation, failure);
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(Code.INTERNAL_VALUE)
            .setMessage("internal error " + correlation + ": see the log of the service")
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setReason("INTERNAL")
                        .setDomain(ApiException.DOMAIN)
                        .putAllMetadata(Map.of("correlation", correlation))
                        .build()))
            .build());
  }

  private static ApiException translate(SpecException refused) {
    return ApiException.invalid(
        refused.violations().stream()
            .map(violation -> Map.entry(violation.path(), violation.message()))
            .toList());
  }

  /** Empty for a refusal: wrong credentials of ours are no business of the caller. */
  private static Optional<ApiException> translate(ObjectStoreException store) {
    String message = String.valueOf(store.getMessage());
    return switch (store.reason()) {
      case NOT_FOUND ->
          Optional.of(ApiException.notFound("object", store.key().orElse(message), message));
      case UNAVAILABLE -> Optional.of(ApiException.unavailable(message, store));
      case DAMAGED -> Optional.of(ApiException.dataLoss("OBJECT_DAMAGED", message, key(store)));
      case REFUSED -> Optional.empty();
    };
  }

  private static Map<String, String> key(ObjectStoreException store) {
    return store.key().map(key -> Map.of(ApiErrors.KEY, key)).orElse(Map.of());
  }

  private static io.grpc.Status shortened(io.grpc.Status status) {
    String description = status.getDescription();
    return description == null
        ? status
        : status.withDescription(Shortened.to(FittedStatus.MESSAGE, description));
  }

  private static Metadata trailersOf(StatusRuntimeException status) {
    Metadata trailers = status.getTrailers();
    return trailers == null ? new Metadata() : trailers;
  }

  private <Q, A> void closeWith(ServerCall<Q, A> call, Throwable failure) {
    StatusRuntimeException status = toStatus(failure);
    call.close(status.getStatus(), trailersOf(status));
  }

  private final class Guarded<Q, A> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, A> call;
    private boolean closed;

    Guarded(ServerCall.Listener<Q> delegate, ServerCall<Q, A> call) {
      super(delegate);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      guard(
          () -> {
            CheckedRequests.refuseUnknownEnums(message);
            super.onMessage(message);
          });
    }

    @Override
    public void onHalfClose() {
      guard(super::onHalfClose);
    }

    @Override
    public void onReady() {
      guard(super::onReady);
    }

    private void guard(Runnable event) {
      if (closed) {
        return;
      }
      try {
        event.run();
      } catch (RuntimeException | StackOverflowError | LinkageError e) {
        closed = true;
        closeWith(call, e);
        // What the service holds for the call is let go.
        super.onCancel();
      }
    }
  }
}
