package dev.rote.embedded;

import com.google.protobuf.Duration;
import dev.rote.v1.ClaimWorkRequest;
import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.RenewLeaseRequest;
import dev.rote.v1.RenewLeaseResponse;
import dev.rote.v1.WorkServiceGrpc;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A process manager of a few lines: grants each piece of work to one claim, remembers renewals,
 * gives orders.
 */
final class SweepsStandIn extends WorkServiceGrpc.WorkServiceImplBase implements AutoCloseable {

  static final int LEASE_MILLIS = 900;

  final List<ClaimWorkRequest> claims = new CopyOnWriteArrayList<>();
  final List<RenewLeaseRequest> renewals = new CopyOnWriteArrayList<>();
  final Set<String> obsolete = ConcurrentHashMap.newKeySet();
  final Map<String, RenewLeaseResponse.Order> orders = new ConcurrentHashMap<>();
  private final Map<String, String> granted = new ConcurrentHashMap<>();
  private final int port;
  private Server server;

  SweepsStandIn() throws IOException {
    port = Ports.free(1)[0];
    server = listen();
  }

  String target() {
    return "127.0.0.1:" + port;
  }

  private Server listen() throws IOException {
    return NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .addService(this)
        .build()
        .start();
  }

  void stop() throws InterruptedException {
    server.shutdownNow().awaitTermination();
  }

  /** While it is away: waits until it was called upon so often in vain. */
  void awaitCallers(int times) throws IOException {
    try (ServerSocket door = new ServerSocket()) {
      door.setReuseAddress(true);
      door.setSoTimeout(60_000);
      door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      for (int i = 0; i < times; i++) {
        door.accept().close();
      }
    }
  }

  void startAgain() throws IOException {
    server = listen();
  }

  @Override
  public void claimWork(ClaimWorkRequest claim, StreamObserver<ClaimWorkResponse> answer) {
    claims.add(claim);
    ClaimWorkResponse.Builder response = ClaimWorkResponse.newBuilder();
    String holder = granted.putIfAbsent(claim.getWorkId(), claim.getClaimId());
    if (obsolete.contains(claim.getWorkId())) {
      response.setDecision(ClaimWorkResponse.Decision.OBSOLETE);
    } else if (holder != null && !holder.equals(claim.getClaimId())) {
      response.setDecision(ClaimWorkResponse.Decision.LEASED);
    } else {
      response
          .setDecision(ClaimWorkResponse.Decision.GRANTED)
          .setAttempt(1)
          .setLease(Duration.newBuilder().setNanos(LEASE_MILLIS * 1_000_000));
    }
    answer.onNext(response.build());
    answer.onCompleted();
  }

  @Override
  public void renewLease(RenewLeaseRequest renewal, StreamObserver<RenewLeaseResponse> answer) {
    renewals.add(renewal);
    answer.onNext(
        RenewLeaseResponse.newBuilder()
            .setOrder(orders.getOrDefault(renewal.getWorkId(), RenewLeaseResponse.Order.CONTINUE))
            .build());
    answer.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
