package dev.rote.sweeps.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.rote.access.Caller;
import dev.rote.access.Role;
import dev.rote.spec.SweepFiles;
import dev.rote.sweeps.admission.GridPlan;
import dev.rote.sweeps.doors.DoorStack;
import dev.rote.sweeps.doors.Mutations;
import dev.rote.sweeps.kafka.Proofs;
import dev.rote.sweeps.report.ReportMaker;
import dev.rote.sweeps.workflow.Plans;
import dev.rote.v1.ClaimWorkRequest;
import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.DescribeTrialRequest;
import dev.rote.v1.GetSweepRequest;
import dev.rote.v1.ListSweepsRequest;
import dev.rote.v1.ListTrialsRequest;
import dev.rote.v1.MapTrialsRequest;
import dev.rote.v1.RenewLeaseRequest;
import dev.rote.v1.SubmitSweepRequest;
import dev.rote.v1.SubmitSweepResponse;
import dev.rote.v1.WatchSweepResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The doors of calls on a real broker: whatever is asked is answered, without an internal error.
 * {@code -Drote.mutations=10000} tries more than a normal build does.
 */
@ExtendWith(DoorStack.Shared.class)
class DoorCallsIT {
  private final DoorStack stack;

  DoorCallsIT(DoorStack stack) {
    this.stack = stack;
  }

  @Test
  void shouldAnswerMutatedRequestsWithoutInternalErrors() throws Exception {
    SweepsGrpcService sweeps = service();
    // What shows no proof of its lease goes no further where they are asked for: here all goes on.
    WorkGrpcService work = new WorkGrpcService(stack.engine(), Proofs.none());
    Map<String, Integer> codes = new HashMap<>();
    RandomGenerator random = Mutations.random(11);
    SubmitSweepRequest submit =
        SubmitSweepRequest.newBuilder()
            .setSweep(SweepFiles.parse(new String(DoorStack.sweep("fuzz"), UTF_8), "fuzz"))
            .setDryRun(true)
            .build();
    for (int i = 0; i < Mutations.COUNT; i++) {
      call(submit, SubmitSweepRequest.parser(), sweeps::submitSweep, random, codes);
      call(
          GetSweepRequest.newBuilder().setSweep("good0").build(),
          GetSweepRequest.parser(),
          sweeps::getSweep,
          random,
          codes);
      call(
          ListSweepsRequest.newBuilder().setPageSize(10).setPageToken("12345").build(),
          ListSweepsRequest.parser(),
          sweeps::listSweeps,
          random,
          codes);
      call(
          ListTrialsRequest.newBuilder().setSweep("good0").setPageToken("3").build(),
          ListTrialsRequest.parser(),
          sweeps::listTrials,
          random,
          codes);
      call(
          MapTrialsRequest.newBuilder().setSweep("good0").build(),
          MapTrialsRequest.parser(),
          sweeps::mapTrials,
          random,
          codes);
      call(
          DescribeTrialRequest.newBuilder().setSweep("good0").setIndex(1).build(),
          DescribeTrialRequest.parser(),
          sweeps::describeTrial,
          random,
          codes);
      call(
          ClaimWorkRequest.newBuilder()
              .setWorkId("trial/0123")
              .setWorker("w")
              .setClaimId("c")
              .build(),
          ClaimWorkRequest.parser(),
          work::claimWork,
          random,
          codes);
      call(
          RenewLeaseRequest.newBuilder()
              .setWorkId("trial/0123")
              .setWorker("w")
              .setAttempt(1)
              .build(),
          RenewLeaseRequest.parser(),
          work::renewLease,
          random,
          codes);
    }
    assertThat(codes.keySet()).isSubsetOf("OK", "INVALID_ARGUMENT", "NOT_FOUND");
    assertThat(stack.standing()).isEmpty();
    stack.assertOpen();
  }

  @Test
  void shouldRefuseAHundredThousandEmptyAxesAtOnce() throws Exception {
    SubmitSweepRequest.Builder request =
        SubmitSweepRequest.newBuilder()
            .setSweep(SweepFiles.parse(new String(DoorStack.sweep("axes"), UTF_8), "axes"))
            .setDryRun(true);
    for (int i = 0; i < 100_000; i++) {
      request.getSweepBuilder().getSpecBuilder().addAxesBuilder();
    }
    Reply<SubmitSweepResponse> reply = new Reply<>();
    long begun = System.nanoTime();
    service().submitSweep(request.build(), reply);
    assertThat(reply.code()).isEqualTo("INVALID_ARGUMENT");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void shouldAnswerClaimsOfUnwantedWorkWithoutAnEventForEach() throws Exception {
    stack.assertOpen();
    long before = stack.logEnd();
    WorkGrpcService work = new WorkGrpcService(stack.engine(), DoorStack.PROOFS);
    for (int i = 0; i < 1_000; i++) {
      Reply<ClaimWorkResponse> reply = new Reply<>();
      work.claimWork(
          ClaimWorkRequest.newBuilder()
              .setWorkId("trial/unwanted" + i)
              .setWorker("w")
              .setClaimId("c" + i)
              .build(),
          reply);
      assertThat(reply.value().getDecision()).isEqualTo(ClaimWorkResponse.Decision.OBSOLETE);
    }
    // Ticks of the clock alone.
    assertThat(stack.logEnd() - before).isLessThan(500);
  }

  @Test
  void shouldEndTheWatchOfASweepThatIsNoMore() throws Exception {
    stack.assertOpen();
    Watcher watcher = new Watcher();
    try (SweepWatch watch = new SweepWatch(stack.engine(), Duration.ofMillis(10))) {
      watch.start("sweep-that-was", watcher);
      assertThat(watcher.reply.code()).isEqualTo("NOT_FOUND");
    }
  }

  /** Who always listens. */
  private static final class Watcher extends ServerCallStreamObserver<WatchSweepResponse> {
    private final Reply<WatchSweepResponse> reply = new Reply<>();

    @Override
    public void onNext(WatchSweepResponse next) {
      reply.onNext(next);
    }

    @Override
    public void onError(Throwable failure) {
      reply.onError(failure);
    }

    @Override
    public void onCompleted() {
      reply.onCompleted();
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {}

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public void setMessageCompression(boolean enable) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void request(int count) {}
  }

  private SweepsGrpcService service() {
    ReportMaker maker =
        new ReportMaker(new Plans(GridPlan::of), stack.store(), "test", Clock.systemUTC());
    StoredReports reports = new StoredReports(stack.store(), maker);
    TrialListing trials = new TrialListing(new Plans(GridPlan::of));
    return new SweepsGrpcService(
        stack.door(),
        stack.engine(),
        trials,
        new TrialDetails(trials, stack.store()),
        reports,
        new StoredTables(maker, reports),
        new SweepWatch(stack.engine(), Duration.ofSeconds(1)),
        new CallersSweeps(() -> new Caller("fuzzer", Set.of(Role.ADMIN), "")));
  }

  private static <Q extends MessageLite, R> void call(
      Q request,
      Parser<Q> parser,
      BiConsumer<Q, StreamObserver<R>> method,
      RandomGenerator random,
      Map<String, Integer> codes)
      throws Exception {
    Q mutated;
    try {
      mutated = parser.parseFrom(Mutations.of(request.toByteArray(), random));
    } catch (InvalidProtocolBufferException e) {
      return;
    }
    Reply<R> reply = new Reply<>();
    try {
      method.accept(mutated, reply);
    } catch (RuntimeException e) {
      reply.onError(e);
    }
    String code = reply.code();
    assertThat(code).as("%s", mutated).isNotIn("INTERNAL", "UNKNOWN");
    codes.merge(code, 1, Integer::sum);
  }
}
