package dev.rote.grpcerrors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Value;
import com.google.rpc.RetryInfo;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.spec.SpecException;
import dev.rote.spec.Violation;
import dev.rote.v1.GetSweepRequest;
import dev.rote.v1.GetSweepResponse;
import dev.rote.v1.SubmitSweepRequest;
import dev.rote.v1.SweepsServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
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
                CheckedRequests.of(
                    new SweepsServiceGrpc.SweepsServiceImplBase() {
                      @Override
                      public void getSweep(
                          GetSweepRequest request, StreamObserver<GetSweepResponse> out) {
                        if (!throughObserver) {
                          throw failure.get();
                        }
                        out.onError(failure.get());
                      }
                    }.bindService()))
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

  /** Whoever reads it with another program than ours. */
  @Test
  void charactersThatSteerTheReader_areEscapes() {
    failure = () -> new SpecException("spec.metadata.\u202ename", "was 'a\u2066b\u001b[31m\u0645'");
    StatusRuntimeException answer = call();
    assertThat(ApiErrors.describe(answer))
        .endsWith("spec.metadata.\\u202ename: was 'a\\u2066b\\u001b[31m\u0645'");
    assertThat(String.valueOf(answer.getStatus().getDescription()).codePoints())
        .noneMatch(c -> c == 0x202e || c == 0x2066 || c == 0x1b);
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
  void manyViolations_arriveAsFarAsTheyFit_andTheOthersAreCounted() {
    for (int n : new int[] {1, 3, 30, 100, 1000, 100_000}) {
      List<Violation> violations = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        violations.add(new Violation("spec.axes[" + i + "].points", "must not be empty, was ''"));
      }
      failure = () -> new SpecException(violations);
      StatusRuntimeException answer = call();
      assertThat(answer.getStatus().getCode()).as("%s", n).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(ApiErrors.reason(answer)).contains("INVALID_REQUEST");
      String told = ApiErrors.describe(answer);
      assertThat(told).contains("spec.axes[0].points: must not be empty");
      long shown = told.lines().filter(line -> line.contains("must not be empty")).count();
      if (shown < n) {
        assertThat(told).endsWith("and " + (n - shown) + " more, not shown here");
        assertThat(answer.getStatus().getDescription()).contains("; and ").endsWith(" more");
      }
      assertThat(shown).as("shown of %s", n).isGreaterThanOrEqualTo(Math.min(n, 30));
    }
  }

  @Test
  void longNamesAndTexts_arriveShortened_whateverTheyAreMadeOf() {
    for (String letter : List.of("x", "%", "ä", "魚", "\uD83D\uDC1F", "\uD83D", "\u0000", "\n")) {
      String name = letter.repeat(9_000);
      for (RuntimeException each :
          List.of(
              new SpecException(
                  "metadata.name", "must be at most 63 characters, was '" + name + "'"),
              new SpecException(name, name),
              ApiException.notFound("sweep", name, "there is no sweep " + name),
              ApiException.precondition("PAUSED", name, name),
              ApiException.dataLoss("D", name, Map.of("expected", name, name, name)),
              ApiException.exhausted(name, Duration.ofSeconds(1)),
              ApiException.unavailable(name, null),
              Status.ABORTED.withDescription(name).asRuntimeException())) {
        failure = () -> each;
        assertThat(call().getStatus().getCode())
            .as("%s of %s", each.getClass(), (int) letter.charAt(0))
            .isEqualTo(new ErrorInterceptor().toStatus(each).getStatus().getCode())
            .isNotEqualTo(Status.Code.INTERNAL);
        throughObserver = !throughObserver;
      }
    }
  }

  @Test
  void shortText_isNotTouched() {
    assertThat(Shortened.to(20, "ä ä ä")).isEqualTo("ä ä ä");
    assertThat(Shortened.to(20, "abcdefghijklmnopqrst")).isEqualTo("abcdefghijklmnopqrst");
    assertThat(Shortened.to(20, "abcdefghijklmnopqrstu")).isEqualTo("abcdefghijk…");
  }

  @Test
  void requestThatIsNoMessage_isInvalid_andTheLogHasNoStackTrace() {
    List<LogRecord> logged = new CopyOnWriteArrayList<>();
    Handler listening =
        new Handler() {
          @Override
          public void publish(LogRecord message) {
            logged.add(message);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    root.addHandler(listening);
    try {
      for (byte[] bytes :
          List.of(
              new byte[] {0},
              new byte[] {10, 100, 1},
              new byte[] {10, 1, (byte) 0xff},
              new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1})) {
        StatusRuntimeException answer = callWith(bytes);
        assertThat(answer.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(ApiErrors.describe(answer)).contains("no message of its type");
      }
    } finally {
      root.removeHandler(listening);
    }
    assertThat(logged).filteredOn(message -> message.getThrown() != null).isEmpty();
  }

  @Test
  void requestThatIsNestedTooDeep_isToldSo_withoutAdviceToProgrammers() {
    Value.Builder deep = Value.newBuilder();
    deep.setNumberValue(1);
    for (int i = 0; i < 60; i++) {
      Value inner = deep.build();
      deep.clear().getListValueBuilder().addValues(inner);
    }
    SubmitSweepRequest.Builder request = SubmitSweepRequest.newBuilder();
    request.getSweepBuilder().getSpecBuilder().addAxesBuilder().addValues(deep);
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> SweepsServiceGrpc.newBlockingStub(channel).submitSweep(request.build()))
        .satisfies(
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
              assertThat(ApiErrors.describe(e))
                  .contains("more than 100 deep")
                  .doesNotContain("setRecursionLimit");
            });
  }

  @Test
  void methodThatIsUnknown_staysWhatGrpcSays() {
    MethodDescriptor<byte[], byte[]> unknown =
        method().toBuilder().setFullMethodName("rote.v1.SweepsService/Nothing").build();
    assertThat(callWith(unknown, new byte[0]).getStatus().getCode())
        .isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  private StatusRuntimeException callWith(byte[] request) {
    return callWith(method(), request);
  }

  private StatusRuntimeException callWith(MethodDescriptor<byte[], byte[]> method, byte[] request) {
    return catchThrowableOfType(
        StatusRuntimeException.class,
        () -> ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request));
  }

  private static MethodDescriptor<byte[], byte[]> method() {
    return SweepsServiceGrpc.getGetSweepMethod().toBuilder(new Bytes(), new Bytes()).build();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void fullDisk_isATroubleOfTheService_andIsToBeTriedAgain() {
    failure = () -> new UncheckedIOException("no copy", new IOException("No space left on device"));
    StatusRuntimeException answer = call();
    assertThat(answer.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(ApiErrors.reason(answer)).contains("DISK_FULL");
  }

  @Test
  void errors_areAnsweredToo() {
    failure =
        () -> {
          throw new StackOverflowError();
        };
    assertThat(call().getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    failure =
        () -> {
          throw new UnsatisfiedLinkError("no jnind4jcpu");
        };
    assertThat(ApiErrors.reason(call())).contains("LIBRARY_MISSING");
  }

  @Test
  void bug_becomesInternalWithoutItsText() {
    failure = () -> new IllegalStateException("secret path");
    StatusRuntimeException answer = call();
    assertThat(answer.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(ApiErrors.describe(answer)).startsWith("internal error ").doesNotContain("secret");
  }

  @Test
  void statusThatIsTold_staysWhatItIs_whateverCausedIt() {
    failure =
        () ->
            Status.CANCELLED
                .withDescription("the client has gone")
                .withCause(new CancellationException("stopped before part 0 of 1"))
                .asRuntimeException();
    for (boolean through : new boolean[] {false, true}) {
      throughObserver = through;
      assertThat(call().getStatus().getCode()).isEqualTo(Status.Code.CANCELLED);
      assertThat(call().getStatus().getDescription()).isEqualTo("the client has gone");
    }
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
