package dev.rote.grpcerrors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.RetryInfo;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.spec.SpecException;
import dev.rote.v1.GetSweepRequest;
import dev.rote.v1.GetSweepResponse;
import dev.rote.v1.SubmitSweepRequest;
import dev.rote.v1.SweepsServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ErrorInterceptorTest {
  private Supplier<RuntimeException> failure = IllegalStateException::new;
  private boolean throughObserver;
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("localhost", 0))
            .addService(
                new SweepsServiceGrpc.SweepsServiceImplBase() {
                  @Override
                  public void getSweep(
                      GetSweepRequest request, StreamObserver<GetSweepResponse> out) {
                    if (!throughObserver) {
                      throw failure.get();
                    }
                    out.onError(failure.get());
                  }
                })
            .intercept(new ErrorInterceptor())
            .build()
            .start();
    channel = NettyChannelBuilder.forAddress("localhost", server.getPort()).usePlaintext().build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private StatusRuntimeException call() {
    return catchThrowableOfType(
        StatusRuntimeException.class,
        () ->
            SweepsServiceGrpc.newBlockingStub(channel)
                .getSweep(GetSweepRequest.getDefaultInstance()));
  }

  @Test
  void specException_becomesInvalidArgumentWithFieldViolations() {
    failure = () -> new SpecException("spec.repetitions", "must be in [1, 10000], was 0");
    StatusRuntimeException answer = call();
    assertThat(answer.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(ApiErrors.reason(answer)).contains("INVALID_REQUEST");
    assertThat(ApiErrors.describe(answer))
        .isEqualTo("the request was refused:\n  spec.repetitions: must be in [1, 10000], was 0");
  }

  @Test
  void requestWithAnEnumThatIsNotKnown_isRefusedBeforeTheService() {
    failure = () -> new IllegalStateException("must not be asked");
    SubmitSweepRequest.Builder request = SubmitSweepRequest.newBuilder();
    request
        .getSweepBuilder()
        .getSpecBuilder()
        .getTrialBuilder()
        .getTrainingBuilder()
        .setSamplingValue(99);
    StatusRuntimeException answer =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> SweepsServiceGrpc.newBlockingStub(channel).submitSweep(request.build()));
    assertThat(answer.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(ApiErrors.describe(answer))
        .isEqualTo(
            "the request was refused:\n  sweep.spec.trial.training.sampling: must be one of EPOCHS,"
                + " WITH_REPLACEMENT, was 99");
  }

  @Test
  void failurePassedToTheObserver_isMappedLikeOneThrown() {
    throughObserver = true;
    failure =
        () ->
            ApiException.notFound(
                "CHECKPOINT_MISSING", "checkpoint", "t@3", "no checkpoint of epoch 3");
    StatusRuntimeException answer = call();
    assertThat(answer.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(ApiErrors.reason(answer)).contains("CHECKPOINT_MISSING");
    assertThat(ApiErrors.describe(answer)).isEqualTo("no checkpoint of epoch 3");
  }

  @Test
  void storeOutOfReach_becomesUnavailableWithRetryInfo() throws Exception {
    failure = () -> new ObjectStoreException(ObjectStoreException.Reason.UNAVAILABLE, "no answer");
    StatusRuntimeException answer = call();
    assertThat(answer.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    com.google.rpc.Status status = Objects.requireNonNull(StatusProto.fromThrowable(answer));
    assertThat(status.getDetails(1).unpack(RetryInfo.class).getRetryDelay().getSeconds())
        .isEqualTo(1);
  }

  @Test
  void bug_becomesInternalWithoutItsText() {
    failure = () -> new IllegalStateException("secret path");
    StatusRuntimeException answer = call();
    assertThat(answer.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(ApiErrors.describe(answer)).startsWith("internal error ").doesNotContain("secret");
  }

  @Test
  void everyFactory_hasItsCode() {
    assertThat(codeOf(ApiException.invalid("f", "m"))).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(codeOf(ApiException.precondition("PAUSED", "sweep/x", "m")))
        .isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(codeOf(ApiException.exhausted("m", Duration.ofSeconds(2))))
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(codeOf(ApiException.unavailable("m", null))).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(codeOf(ApiException.dataLoss("D", "m", Map.of("expected", "1"))))
        .isEqualTo(Status.Code.DATA_LOSS);
    assertThat(ApiException.invalid(List.of(Map.entry("a", "x"), Map.entry("b", "y"))).getMessage())
        .isEqualTo("a: x; b: y");
  }

  private Status.Code codeOf(ApiException exception) {
    failure = () -> exception;
    return call().getStatus().getCode();
  }
}
