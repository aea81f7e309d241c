package dev.rote.grpcerrors;

import com.google.protobuf.Message;
import dev.rote.spec.UnknownEnums;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Services whose requests are parsed where {@link ErrorInterceptor} sees it fail.
 *
 * <p>gRPC parses a request before any interceptor has it, and answers {@code UNKNOWN} to one that
 * is no message of its type, with a stack trace in the log.
 */
public final class CheckedRequests {
  private CheckedRequests() {}

  /**
   * The same service; a request that cannot be parsed, or has an enum that is not known, is {@code
   * INVALID_ARGUMENT}.
   */
  public static ServerServiceDefinition of(ServerServiceDefinition service) {
    return ServerInterceptors.useMarshalledMessages(
        ServerInterceptors.intercept(service, new KnownEnums()), new Copy());
  }

  /* Whatever switches over a value that is not known would take some other meaning. */
  static void refuseUnknownEnums(Object message) {
    if (message instanceof Message request) {
      UnknownEnums.refuse(request, "");
    }
  }

  private static final class KnownEnums implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
        @Override
        public void onMessage(Q message) {
          refuseUnknownEnums(message);
          super.onMessage(message);
        }
      };
    }
  }

  /* The transport's own bytes are gone when a call goes on on another thread. */
  private static final class Copy implements MethodDescriptor.Marshaller<InputStream> {
    @Override
    public InputStream stream(InputStream value) {
      return value;
    }

    @Override
    public InputStream parse(InputStream stream) {
      try {
        return new ByteArrayInputStream(stream.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException("a message cannot be read", e);
      }
    }
  }
}
