package dev.rote.grpcerrors;

import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;

/**
 * Services whose requests are parsed where {@link ErrorInterceptor} sees it fail.
 *
 * <p>gRPC parses a request before any interceptor has it, and answers {@code UNKNOWN} to one that
 * is no message of its type, with a stack trace in the log.
 */
public final class CheckedRequests {
  private CheckedRequests() {}

  /** The same service; a request that cannot be parsed is {@code INVALID_ARGUMENT}. */
  public static ServerServiceDefinition of(ServerServiceDefinition service) {
    return ServerInterceptors.useInputStreamMessages(service);
  }
}
