package dev.rote.access.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.Optional;
import java.util.function.Supplier;

/** Sends {@code authorization: Bearer KEY} with every call. */
public final class ShownKey implements ClientInterceptor {
  /** The header. */
  public static final Metadata.Key<String> HEADER =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Supplier<Optional<String>> key;

  /**
   * @param key asked at every call; empty for none
   */
  public ShownKey(Supplier<Optional<String>> key) {
    this.key = key;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<A> answers, Metadata headers) {
        key.get().ifPresent(known -> headers.put(HEADER, "Bearer " + known));
        super.start(answers, headers);
      }
    };
  }
}
