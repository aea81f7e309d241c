package dev.rote.workqueue;

import dev.rote.v1.ClaimWorkRequest;
import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.WorkServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the sweeps service for work that was offered. */
final class Claims {

  private static final Logger log = LoggerFactory.getLogger(Claims.class);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

  private final ManagedChannel channel;
  private final WorkServiceGrpc.WorkServiceBlockingStub stub;
  private final String worker;
  private final Outage outage = new Outage(log, "work cannot be claimed from the sweeps service");

  Claims(ManagedChannel channel, String worker) {
    this.channel = channel;
    this.stub = WorkServiceGrpc.newBlockingStub(channel);
    this.worker = worker;
  }

  /**
   * Claims one piece of work, trying again under the same claim id while the service is out of
   * reach.
   *
   * @param patience how long to try
   * @param giveUp asked before each further try
   * @return the answer; empty if there was none in time
   */
  Optional<ClaimWorkResponse> claim(String workId, Duration patience, BooleanSupplier giveUp)
      throws InterruptedException {
    ClaimWorkRequest request =
        ClaimWorkRequest.newBuilder()
            .setWorkId(workId)
            .setWorker(worker)
            .setClaimId(UUID.randomUUID().toString())
            .build();
    Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return Optional.empty();
      }
      try {
        ClaimWorkResponse answer =
            stub.withDeadlineAfter(Math.min(left, CALL_TIMEOUT.toNanos()), TimeUnit.NANOSECONDS)
                .claimWork(request);
        outage.over();
        return Optional.of(answer);
      } catch (StatusRuntimeException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted while claiming " + workId);
        }
        if (isRefusal(e.getStatus().getCode())) {
          log.error("the sweeps service does not know the offered work {}; dropped", workId, e);
          return Optional.of(obsolete());
        }
        outage.seen(e);
        channel.resetConnectBackoff();
        if (giveUp.getAsBoolean()) {
          return Optional.empty();
        }
        backoff.sleep();
      }
    }
  }

  private static boolean isRefusal(Status.Code code) {
    return code == Status.Code.INVALID_ARGUMENT || code == Status.Code.NOT_FOUND;
  }

  private static ClaimWorkResponse obsolete() {
    return ClaimWorkResponse.newBuilder().setDecision(ClaimWorkResponse.Decision.OBSOLETE).build();
  }
}
