package dev.rote.trainer.grpc;

import dev.rote.grpcerrors.ErrorInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Registers the mapping of failures on every gRPC call. */
@ApplicationScoped
class ErrorInterceptorProducer {

  @Produces
  @Singleton
  @GlobalInterceptor
  ErrorInterceptor errors() {
    return new ErrorInterceptor();
  }
}
