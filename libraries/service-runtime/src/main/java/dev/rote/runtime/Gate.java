package dev.rote.runtime;

import dev.rote.access.AccessRefused;
import dev.rote.access.Caller;
import dev.rote.access.Doorkeeper;
import dev.rote.access.MethodRoles;
import dev.rote.access.grpc.InTheNameOf;
import dev.rote.access.grpc.ShownKey;
import dev.rote.grpcerrors.ApiException;
import dev.rote.grpcerrors.ErrorInterceptor;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.inject.spi.Prioritized;

/** Lets calls in, before a byte of a request is read. */
public final class Gate implements ServerInterceptor, Prioritized {
  /** Who makes the call that the current thread serves. */
  public static final Context.Key<Caller> CALLER = Context.key("caller");

  private final Doorkeeper doorkeeper;
  private final ErrorInterceptor errors;
  private final AuditTrail trail;

  /**
   * @param errors says how a refusal is told
   * @param trail told of what is refused and of what may change something
   */
  public Gate(Doorkeeper doorkeeper, ErrorInterceptor errors, AuditTrail trail) {
    this.doorkeeper = doorkeeper;
    this.errors = errors;
    this.trail = trail;
  }

  /* Before the one of errors, so that the trail has what a caller is told and not what was thrown. */
  @Override
  public int getPriority() {
    return 1;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Caller shown;
    Caller caller;
    try {
      shown =
          doorkeeper.admit(
              call.getMethodDescriptor().getFullMethodName(), headers.get(ShownKey.HEADER));
      String other = headers.get(InTheNameOf.HEADER);
      caller = other == null ? shown : shown.inTheNameOf(other);
    } catch (AccessRefused refused) {
      StatusRuntimeException status = errors.toStatus(told(refused));
      trail.refused(call, status.getStatus().getCode());
      Metadata trailers = status.getTrailers();
      call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
      return new ServerCall.Listener<>() {};
    }
    return Contexts.interceptCall(
        Context.current().withValue(CALLER, caller),
        MethodRoles.mayChange(call.getMethodDescriptor().getFullMethodName())
            ? told(shown, caller, call)
            : call,
        headers,
        next);
  }

  private <Q, A> ServerCall<Q, A> told(Caller shown, Caller caller, ServerCall<Q, A> call) {
    return new SimpleForwardingServerCall<>(call) {
      @Override
      public void close(Status status, Metadata trailers) {
        trail.ended(shown, caller, call, status.getCode());
        super.close(status, trailers);
      }
    };
  }

  private static ApiException told(AccessRefused refused) {
    String message = String.valueOf(refused.getMessage());
    return switch (refused.reason()) {
      case ROLE_MISSING, NAME_FOREIGN -> ApiException.denied(refused.reason().name(), message);
      case KEY_MISSING, KEY_UNKNOWN, TOKEN_INVALID ->
          ApiException.unauthenticated(refused.reason().name(), message);
      case ISSUER_SILENT -> ApiException.unavailable(message, refused);
    };
  }
}
