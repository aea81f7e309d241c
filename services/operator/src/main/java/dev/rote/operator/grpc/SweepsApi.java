package dev.rote.operator.grpc;

import dev.rote.access.grpc.InTheNameOf;
import dev.rote.v1.CancelSweepRequest;
import dev.rote.v1.GetSweepRequest;
import dev.rote.v1.ListSweepsRequest;
import dev.rote.v1.ListSweepsResponse;
import dev.rote.v1.SubmitSweepRequest;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepsServiceGrpc;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Calls of the sweeps service, with a deadline. All throw {@link StatusRuntimeException}. */
public final class SweepsApi {
  private static final int PAGE = 500;

  private final SweepsServiceGrpc.SweepsServiceBlockingStub stub;
  private final Duration patience;
  private final NamespaceOwners owners;

  /**
   * @param owners in whose names sweeps of namespaces are handed in and steered
   */
  public SweepsApi(Channel channel, Duration patience, NamespaceOwners owners) {
    this(SweepsServiceGrpc.newBlockingStub(channel), patience, owners);
  }

  private SweepsApi(
      SweepsServiceGrpc.SweepsServiceBlockingStub stub, Duration patience, NamespaceOwners owners) {
    this.stub = stub;
    this.patience = patience;
    this.owners = owners;
  }

  /** The same in the name of whoever owns the sweeps of a namespace. */
  public SweepsApi of(String namespace) {
    return new SweepsApi(
        stub.withInterceptors(new InTheNameOf(owners.of(namespace))), patience, owners);
  }

  /** Whose the sweeps of a namespace are. */
  public String owner(String namespace) {
    return owners.of(namespace);
  }

  private SweepsServiceGrpc.SweepsServiceBlockingStub stub() {
    return stub.withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Hands a sweep in; the same sweep again takes over its mutable part. */
  public SweepStatus submit(Sweep sweep) {
    return stub()
        .submitSweep(SubmitSweepRequest.newBuilder().setSweep(sweep).build())
        .getSweep()
        .getStatus();
  }

  /** A page of all sweeps, newest first. */
  ListSweepsResponse list(String pageToken) {
    return stub()
        .listSweeps(
            ListSweepsRequest.newBuilder().setPageSize(PAGE).setPageToken(pageToken).build());
  }

  /** The newest sweep of a name, or one of an id; NOT_FOUND where there is none. */
  public Sweep newest(String name) {
    return stub().getSweep(GetSweepRequest.newBuilder().setSweep(name).build()).getSweep();
  }

  /** Ends a sweep; one that has ended otherwise is FAILED_PRECONDITION. */
  public void cancel(String sweepId) {
    stub().cancelSweep(CancelSweepRequest.newBuilder().setSweep(sweepId).build());
  }
}
