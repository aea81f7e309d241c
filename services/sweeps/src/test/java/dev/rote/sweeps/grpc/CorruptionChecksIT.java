package dev.rote.sweeps.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rote.grpcerrors.ApiException;
import dev.rote.v1.CheckVariantRequest;
import dev.rote.v1.CheckVariantResponse;
import dev.rote.v1.CorruptionServiceGrpc.CorruptionServiceImplBase;
import dev.rote.v1.ListDatasetsRequest;
import dev.rote.v1.ListDatasetsResponse;
import dev.rote.v1.VariantSpec;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A check that takes too long is the sweep's own matter where the service is there. */
class CorruptionChecksIT {
  /** Answers what it is, and never whether a variant can be made. */
  private static final class Slow extends CorruptionServiceImplBase {
    @Override
    public void listDatasets(
        ListDatasetsRequest request, StreamObserver<ListDatasetsResponse> client) {
      client.onNext(ListDatasetsResponse.getDefaultInstance());
      client.onCompleted();
    }

    @Override
    public void checkVariant(
        CheckVariantRequest request, StreamObserver<CheckVariantResponse> client) {}
  }

  private static String reason(int port) {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress("localhost", port, InsecureChannelCredentials.create())
            .build();
    try {
      CorruptionChecks checks = new CorruptionChecks(channel, Duration.ofSeconds(2));
      return catchThrowableOfType(
              ApiException.class, () -> checks.check(VariantSpec.getDefaultInstance()))
          .reason();
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void shouldTellTheCheckFromTheServiceWhenAnAnswerDoesNotCome() throws Exception {
    Server server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(new Slow())
            .build()
            .start();
    int port = server.getPort();

    assertThat(reason(port)).isEqualTo(ApiException.CHECK_TIMED_OUT);

    server.shutdownNow().awaitTermination();
    assertThat(reason(port)).isEqualTo("DEPENDENCY_UNAVAILABLE");
  }
}
