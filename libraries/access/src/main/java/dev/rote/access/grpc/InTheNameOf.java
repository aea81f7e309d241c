package dev.rote.access.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/** Says for whom a call is made: what an operator and an admin may. */
public final class InTheNameOf implements ClientInterceptor {
  /** The header. */
  public static final Metadata.Key<String> HEADER =
      Metadata.Key.of("rote-in-the-name-of", Metadata.ASCII_STRING_MARSHALLER);

  private final String name;

  public InTheNameOf(String name) {
    this.name = name;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<A> answers, Metadata headers) {
        headers.put(HEADER, name);
        super.start(answers, headers);
      }
    };
  }
}
