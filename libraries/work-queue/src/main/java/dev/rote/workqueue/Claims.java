package dev.rote.workqueue;

import dev.rote.spec.Versions;
import dev.rote.v1.ClaimWorkRequest;
import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.WorkServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the sweeps service for work that was offered. */
final class Claims {

  private static final Logger log = LoggerFactory.getLogger(Claims.class);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

  private final ManagedChannel channel;
  private final WorkServiceGrpc.WorkServiceStub stub;
  private final String worker;
  private final Versions versions;
  private final OwnNumerics numerics;
  private final Outage outage = new Outage(log, "work cannot be claimed from the sweeps service");

  /**
   * @param versions that the worker computes
   */
  Claims(ManagedChannel channel, String worker, Versions versions, OwnNumerics numerics) {
    this.versions = versions;
    this.numerics = numerics;
    this.channel = channel;
    this.stub = WorkServiceGrpc.newStub(channel);
    this.worker = worker;
  }

  /**
   * Claims pieces of work, all at once, trying again under the same claim ids while the service is
   * out of reach.
   *
   * @param patience how long to try
   * @param giveUp asked before each further try
   * @return the answers in the order of the offers; empty where there was none in time
   */
  List<Optional<ClaimWorkResponse>> claim(
      List<Offer.Claimable> offers, Duration patience, BooleanSupplier giveUp)
      throws InterruptedException {
    List<Claim> claims = offers.stream().map(Claim::new).toList();
    Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      long left = end - System.nanoTime();
      if (left <= 0 || tryOnce(claims, Math.min(left, CALL_TIMEOUT.toNanos()))) {
        break;
      }
      channel.resetConnectBackoff();
      if (giveUp.getAsBoolean()) {
        break;
      }
      backoff.sleep();
    }
    claims.forEach(Claims::dropIfBroken);
    return claims.stream().map(claim -> claim.answer).toList();
  }

  /* A claim that the service breaks at again and again is no outage; others should not wait for it. */
  private static void dropIfBroken(Claim claim) {
    if (claim.answer.isEmpty() && claim.broken.isPresent()) {
      log.error(
          "the sweeps service cannot answer for the offered work {}; dropped",
          claim.request.getWorkId(),
          claim.broken.get());
      claim.answer = Optional.of(obsolete());
    }
  }

  /* Whether all are answered. */
  private boolean tryOnce(List<Claim> claims, long nanos) throws InterruptedException {
    List<Claim> open = claims.stream().filter(claim -> claim.answer.isEmpty()).toList();
    List<CompletableFuture<ClaimWorkResponse>> calls = new ArrayList<>();
    for (Claim claim : open) {
      Answer answer = new Answer();
      stub.withDeadlineAfter(nanos, TimeUnit.NANOSECONDS).claimWork(claim.request, answer);
      calls.add(answer.future);
    }
    boolean all = true;
    for (int i = 0; i < open.size(); i++) {
      try {
        open.get(i).answer = Optional.of(calls.get(i).get());
        outage.over();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof StatusRuntimeException failure)) {
          throw new IllegalStateException("a call fails with a status alone", e);
        }
        if (isRefusal(failure.getStatus().getCode())) {
          log.error(
              "the sweeps service does not know the offered work {}; dropped",
              open.get(i).request.getWorkId(),
              failure);
          open.get(i).answer = Optional.of(obsolete());
        } else {
          open.get(i).broken = Optional.of(failure).filter(Claims::isBroken);
          outage.seen(failure);
          all = false;
        }
      }
    }
    return all;
  }

  private static boolean isRefusal(Status.Code code) {
    return code == Status.Code.INVALID_ARGUMENT || code == Status.Code.NOT_FOUND;
  }

  private static boolean isBroken(StatusRuntimeException failure) {
    return switch (failure.getStatus().getCode()) {
      case INTERNAL, UNKNOWN, DATA_LOSS, OUT_OF_RANGE, FAILED_PRECONDITION -> true;
      default -> false;
    };
  }

  private static ClaimWorkResponse obsolete() {
    return ClaimWorkResponse.newBuilder().setDecision(ClaimWorkResponse.Decision.OBSOLETE).build();
  }

  private final class Claim {
    final ClaimWorkRequest request;
    Optional<ClaimWorkResponse> answer = Optional.empty();
    Optional<StatusRuntimeException> broken = Optional.empty();

    Claim(Offer.Claimable offer) {
      request =
          ClaimWorkRequest.newBuilder()
              .setWorkId(offer.workId())
              .setWorker(worker)
              .setVersions(versions.toString())
              .setNumerics(numerics.name())
              .setProves(true)
              .setClaimId(UUID.randomUUID().toString())
              /* What is wrong with a suspect offer is told of its own work. */
              .setTakesOther(offer instanceof Offer.Work)
              .build();
    }
  }

  /** The one answer of a call, or the {@link StatusRuntimeException} that it failed with. */
  private static final class Answer implements StreamObserver<ClaimWorkResponse> {
    final CompletableFuture<ClaimWorkResponse> future = new CompletableFuture<>();

    @Override
    public void onNext(ClaimWorkResponse answer) {
      future.complete(answer);
    }

    @Override
    public void onError(Throwable failure) {
      future.completeExceptionally(
          failure instanceof StatusRuntimeException status
              ? status
              : Status.fromThrowable(failure).asRuntimeException());
    }

    @Override
    public void onCompleted() {
      future.completeExceptionally(
          Status.INTERNAL.withDescription("a call ended without answer").asRuntimeException());
    }
  }
}
