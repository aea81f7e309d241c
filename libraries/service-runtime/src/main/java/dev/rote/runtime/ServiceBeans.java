package dev.rote.runtime;

import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreSettings;
import dev.rote.artifacts.S3ObjectStore;
import dev.rote.grpcerrors.ErrorInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The clients of a service, and the mapping of failures on every gRPC call. */
@ApplicationScoped
class ServiceBeans {

  /** Asks nothing of the server before its first call, so that a service starts without one. */
  @Produces
  @Singleton
  ObjectStore objectStore(ServiceConfig config) {
    ServiceConfig.S3 s3 = config.s3();
    return S3ObjectStore.connect(
        new ObjectStoreSettings(
            s3.endpoint(), s3.accessKey(), s3.secretKey(), s3.bucket(), s3.patience()));
  }

  void close(@Disposes ObjectStore store) {
    store.close();
  }

  /** To the corruption service. */
  @Produces
  @Singleton
  ManagedChannel corruption(ServiceConfig config) {
    return ManagedChannelBuilder.forTarget(config.corruption()).usePlaintext().build();
  }

  void close(@Disposes ManagedChannel channel) {
    channel.shutdownNow();
  }

  @Produces
  @Singleton
  @GlobalInterceptor
  ErrorInterceptor errors() {
    return new ErrorInterceptor();
  }
}
