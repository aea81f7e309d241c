package dev.rote.workqueue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.artifacts.HostTrouble;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreException.Reason;
import dev.rote.artifacts.OtherVersionException;
import dev.rote.grpcerrors.ApiException;
import dev.rote.grpcerrors.ErrorInterceptor;
import dev.rote.spec.SpecException;
import dev.rote.v1.RenewLeaseResponse.Order;
import dev.rote.v1.TrialProgress;
import dev.rote.v1.WorkFailed.Remedy;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.DisconnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {

  private record Lease(Order order) implements WorkContext {
    @Override
    public void report(TrialProgress progress) {
      throw new AssertionError("nothing is reported here");
    }

    @Override
    public int attempt() {
      return 1;
    }
  }

  private static WorkOutcome of(Throwable failure, Order order) {
    return Failures.of(failure, "trial/a", new Lease(order));
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(
            new ObjectStoreException(Reason.UNAVAILABLE, "no answer"),
            Remedy.WAIT,
            "OBJECT_STORE_UNAVAILABLE"),
        Arguments.of(
            new UncheckedIOException(
                new IOException(new ObjectStoreException(Reason.UNAVAILABLE, "behind others"))),
            Remedy.WAIT,
            "OBJECT_STORE_UNAVAILABLE"),
        Arguments.of(new OtherVersionException("of layout 9"), Remedy.WAIT, "OTHER_VERSION"),
        Arguments.of(Status.UNAVAILABLE.asRuntimeException(), Remedy.WAIT, "PEER_UNAVAILABLE"),
        Arguments.of(
            Status.DEADLINE_EXCEEDED.asRuntimeException(), Remedy.WAIT, "PEER_DEADLINE_EXCEEDED"),
        Arguments.of(
            ApiException.unavailable("not yet", null), Remedy.WAIT, "DEPENDENCY_UNAVAILABLE"),
        Arguments.of(new DisconnectException("broker"), Remedy.WAIT, "BROKER_UNAVAILABLE"),
        Arguments.of(new IllegalStateException("a bug"), Remedy.RETRY, "INTERNAL"),
        Arguments.of(new CancellationException("by nobody"), Remedy.RETRY, "INTERNAL"),
        Arguments.of(
            ObjectStoreException.damaged("no key of ours", "odd"), Remedy.RETRY, "OBJECT_DAMAGED"),
        Arguments.of(Status.INTERNAL.asRuntimeException(), Remedy.RETRY, "PEER_INTERNAL"),
        Arguments.of(
            new ObjectStoreException(Reason.REFUSED, "credentials"),
            Remedy.REFUSE,
            "OBJECT_STORE_REFUSED"),
        Arguments.of(
            ApiException.precondition("DATASET_MISSING", "mnist", "no files"),
            Remedy.REFUSE,
            "DATASET_MISSING"),
        Arguments.of(
            new SpecException("trial.seed", "must be a number"), Remedy.REFUSE, "SPEC_INVALID"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void of_eachKind_hasItsRemedyAndReason(Throwable failure, Remedy remedy, String reason) {
    assertThat(of(failure, Order.CONTINUE))
        .isInstanceOfSatisfying(
            WorkOutcome.Failed.class,
            failed -> {
              assertThat(failed.remedy()).isEqualTo(remedy);
              assertThat(failed.reason()).isEqualTo(reason);
              assertThat(failed.message()).isNotBlank();
            });
  }

  @Test
  void of_troubleOfTheMachine_isItsOwn() {
    assertThat(
            of(
                new UncheckedIOException(new IOException("No space left on device")),
                Order.CONTINUE))
        .isInstanceOfSatisfying(
            WorkOutcome.Hindered.class,
            hindered ->
                assertThat(hindered.trouble().kind()).isEqualTo(HostTrouble.Kind.DISK_FULL));
  }

  @Test
  void of_orderedStop_isAsOrdered() {
    CancellationException stopped = new CancellationException("as ordered");
    assertThat(of(stopped, Order.YIELD)).isEqualTo(new WorkOutcome.Yielded());
    assertThat(of(stopped, Order.ABANDON)).isEqualTo(new WorkOutcome.Abandoned());
  }

  @Test
  void missingObject_ofTheStoreOrOfAPeer_hasItsKey() {
    String key = "variants/v/train/000001";
    ObjectStoreException damaged = ObjectStoreException.damaged(key, "a bit");
    StatusRuntimeException told = new ErrorInterceptor().toStatus(damaged);
    assertThat(told.getStatus().getCode()).isEqualTo(Status.Code.DATA_LOSS);
    ObjectStoreException gone = ObjectStoreException.missing(key, "a bucket", null);

    assertThat(Failures.missingObject(damaged)).contains(key);
    assertThat(Failures.missingObject(new IllegalStateException(gone))).contains(key);
    assertThat(Failures.missingObject(told)).contains(key);
    assertThat(Failures.missingObject(new ErrorInterceptor().toStatus(gone))).contains(key);
    assertThat(
            Failures.missingObject(
                new ErrorInterceptor().toStatus(ApiException.notFound("variant", "v", "not made"))))
        .contains("variants/v/manifest");
    assertThat(Failures.missingObject(Status.NOT_FOUND.asRuntimeException())).isEmpty();
    assertThat(Failures.missingObject(new ObjectStoreException(Reason.UNAVAILABLE, "gone")))
        .isEmpty();
  }
}
