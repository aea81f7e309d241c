package dev.rote.cli;

import com.google.protobuf.ByteString;
import dev.rote.cli.service.Service;
import dev.rote.grpcerrors.ErrorInterceptor;
import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** A gRPC server on localhost that answers for services as a test says. */
public final class FakeServices implements AutoCloseable {
  private final Server server;

  public FakeServices(BindableService... services) {
    ServerBuilder<?> builder =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .intercept(new ErrorInterceptor());
    for (BindableService service : services) {
      builder.addService(service);
    }
    try {
      this.server = builder.build().start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public String address() {
    return "localhost:" + server.getPort();
  }

  /** This server for every service. */
  public Map<Service, String> addresses() {
    Map<Service, String> addresses = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      addresses.put(service, address());
    }
    return addresses;
  }

  /** ASCII text as bytes. */
  public static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
