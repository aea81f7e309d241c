package dev.rote.sweeps.page;

import dev.rote.access.OwnKey;
import dev.rote.access.grpc.Channels;
import dev.rote.access.grpc.ShownKey;
import dev.rote.access.grpc.Tls;
import dev.rote.sweeps.config.OwnDoor;
import dev.rote.v1.DescribeTrialRequest;
import dev.rote.v1.DescribeTrialResponse;
import dev.rote.v1.GetSweepRequest;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepsServiceGrpc;
import dev.rote.v1.SweepsServiceGrpc.SweepsServiceBlockingStub;
import dev.rote.v1.SweepsServiceGrpc.SweepsServiceStub;
import io.grpc.ManagedChannel;
import io.grpc.stub.AbstractStub;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.Cookie;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The door of calls of this service, asked from outside as any client asks it: whatever that door
 * checks holds for pages, too. The key that a browser shows is handed on.
 */
@Singleton
class SweepsCalls {
  private static final Duration SHORT = Duration.ofSeconds(20);
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int LARGEST_BYTES = 64 << 20;

  private final ManagedChannel channel;
  private final CurrentVertxRequest request;

  SweepsCalls(OwnDoor door, Tls tls, CurrentVertxRequest request) {
    this.request = request;
    this.channel = Channels.open(door.address(), OwnKey.none(), tls, LARGEST_BYTES);
  }

  /** For what is answered from the state. */
  SweepsServiceBlockingStub now() {
    return asCaller(SweepsServiceGrpc.newBlockingStub(channel))
        .withDeadlineAfter(SHORT.toSeconds(), TimeUnit.SECONDS);
  }

  /** A sweep by its id or name, now. */
  Sweep sweep(String idOrName) {
    return now().getSweep(GetSweepRequest.newBuilder().setSweep(idOrName).build()).getSweep();
  }

  /** A trial of a sweep, now. */
  DescribeTrialResponse trial(Sweep sweep, long index) {
    return now().describeTrial(trialRequest(sweep, index));
  }

  static DescribeTrialRequest trialRequest(Sweep sweep, long index) {
    return DescribeTrialRequest.newBuilder()
        .setSweep(sweep.getStatus().getSweepId())
        .setIndex(index)
        .build();
  }

  /** For what is made of all results. */
  SweepsServiceBlockingStub patient() {
    return asCaller(SweepsServiceGrpc.newBlockingStub(channel))
        .withDeadlineAfter(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  /** For what goes on until the sweep ends. */
  SweepsServiceStub following() {
    return asCaller(SweepsServiceGrpc.newStub(channel));
  }

  private <S extends AbstractStub<S>> S asCaller(S stub) {
    @Nullable Cookie key = request.getCurrent().request().getCookie(PageGate.KEY);
    if (key == null) {
      return stub;
    }
    return stub.withInterceptors(new ShownKey(() -> Optional.of(key.getValue())));
  }

  @PreDestroy
  void close() {
    channel.shutdownNow();
  }
}
