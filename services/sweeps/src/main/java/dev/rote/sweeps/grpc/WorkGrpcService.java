package dev.rote.sweeps.grpc;

import dev.rote.grpcerrors.ApiException;
import dev.rote.grpcerrors.CheckedRequests;
import dev.rote.spec.Numerics;
import dev.rote.spec.Versions;
import dev.rote.sweeps.kafka.Proofs;
import dev.rote.sweeps.kafka.WorkflowEngine;
import dev.rote.sweeps.kafka.WorkflowLog;
import dev.rote.sweeps.workflow.Answer;
import dev.rote.v1.ClaimWorkRequest;
import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.LeaseRenewed;
import dev.rote.v1.RenewLeaseRequest;
import dev.rote.v1.RenewLeaseResponse;
import dev.rote.v1.WorkClaimed;
import dev.rote.v1.WorkServiceGrpc;
import dev.rote.v1.WorkflowEvent;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.UUID;
import java.util.function.Function;

/**
 * {@code rote.v1.WorkService}: each call is an event, answered by the decision on it. No thread
 * waits for a decision; writing an event may block while the log is out of reach.
 */
@GrpcService
@Blocking
public class WorkGrpcService implements BindableService, WorkServiceGrpc.AsyncService {
  private static final int LONGEST = 200;

  private final WorkflowEngine engine;
  private final Proofs proofs;

  WorkGrpcService(WorkflowEngine engine, Proofs proofs) {
    this.engine = engine;
    this.proofs = proofs;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return CheckedRequests.of(WorkServiceGrpc.bindService(this));
  }

  @Override
  public void claimWork(ClaimWorkRequest request, StreamObserver<ClaimWorkResponse> client) {
    require("work_id", request.getWorkId());
    require("worker", request.getWorker());
    require("claim_id", request.getClaimId());
    requireVersions(request.getVersions());
    requireNumerics(request.getNumerics());
    if (!engine.view().isWanted(request.getWorkId())) {
      // Offers that outlived their work are many after a cancel: no event for each of them.
      answer(client, ClaimWorkResponse.Decision.OBSOLETE);
      return;
    }
    if (!request.getProves() && proofs.required()) {
      // What it did would not count: that spends no attempt.
      answer(client, ClaimWorkResponse.Decision.OTHER_VERSIONS);
      return;
    }
    WorkflowEvent.Builder event =
        WorkflowEvent.newBuilder()
            .setWorkClaimed(
                WorkClaimed.newBuilder()
                    .setWorkId(request.getWorkId())
                    .setWorker(request.getWorker())
                    .setVersions(request.getVersions())
                    .setNumerics(request.getNumerics())
                    .setTakesOther(request.getTakesOther()));
    answer(event, proofs.claim(request.getClaimId()), client, answer -> claimed(request, answer));
  }

  private static void answer(
      StreamObserver<ClaimWorkResponse> client, ClaimWorkResponse.Decision decision) {
    client.onNext(ClaimWorkResponse.newBuilder().setDecision(decision).build());
    client.onCompleted();
  }

  /* The secret is no part of the decision, which stands in the state. */
  private ClaimWorkResponse claimed(ClaimWorkRequest request, Answer answer) {
    if (answer instanceof Answer.Claimed claimed) {
      ClaimWorkResponse response = claimed.response();
      String granted = response.hasItem() ? response.getItem().getWorkId() : request.getWorkId();
      return response.getDecision() == ClaimWorkResponse.Decision.GRANTED
          ? response.toBuilder()
              .setLeaseSecret(proofs.lease(granted, response.getAttempt()))
              .build()
          : response;
    }
    throw ApiException.invalid(
        "claim_id", "must be unique to this try, was '" + request.getClaimId() + "'");
  }

  @Override
  public void renewLease(RenewLeaseRequest request, StreamObserver<RenewLeaseResponse> client) {
    require("work_id", request.getWorkId());
    require("worker", request.getWorker());
    if (!proofs.accepts(request)) {
      // Nor would a report count: whoever it is stops now.
      client.onNext(
          RenewLeaseResponse.newBuilder().setOrder(RenewLeaseResponse.Order.ABANDON).build());
      client.onCompleted();
      return;
    }
    LeaseRenewed.Builder renewed =
        LeaseRenewed.newBuilder()
            .setWorkId(request.getWorkId())
            .setAttempt(request.getAttempt())
            .setWorker(request.getWorker())
            .setShare(request.getShare());
    if (request.hasProgress()) {
      renewed.setProgress(request.getProgress());
    }
    answer(
        WorkflowEvent.newBuilder().setLeaseRenewed(renewed),
        UUID.randomUUID().toString(),
        client,
        answer ->
            RenewLeaseResponse.newBuilder().setOrder(((Answer.Renewed) answer).order()).build());
  }

  private <R> void answer(
      WorkflowEvent.Builder event,
      String eventId,
      StreamObserver<R> client,
      Function<Answer, R> response) {
    engine
        .log()
        .tell(
            event,
            eventId,
            new WorkflowLog.Listener() {
              @Override
              public void decided(Answer answer) {
                R value;
                try {
                  value = response.apply(answer);
                } catch (RuntimeException e) {
                  client.onError(e);
                  return;
                }
                client.onNext(value);
                client.onCompleted();
              }

              @Override
              public void failed(RuntimeException failure) {
                client.onError(failure);
              }
            });
  }

  private static void requireVersions(String versions) {
    if (versions.length() > LONGEST || !Versions.isWellFormed(versions)) {
      throw ApiException.invalid(
          "versions",
          "must be <corruption>/<engine>/<metrics> of at most "
              + LONGEST
              + " characters, was '"
              + versions
              + "'");
    }
  }

  private static void requireNumerics(String numerics) {
    if (!numerics.isEmpty() && !Numerics.isName(numerics)) {
      throw ApiException.invalid(
          "numerics",
          "must be a name of [a-z0-9.-] of at most 63 characters, was '" + numerics + "'");
    }
  }

  private static void require(String field, String value) {
    if (value.isEmpty() || value.length() > LONGEST) {
      throw ApiException.invalid(
          field, "must be 1 to " + LONGEST + " characters, was '" + value + "'");
    }
  }
}
