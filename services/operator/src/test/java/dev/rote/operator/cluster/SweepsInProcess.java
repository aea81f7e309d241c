package dev.rote.operator.cluster;

import com.google.protobuf.util.Timestamps;
import dev.rote.access.grpc.InTheNameOf;
import dev.rote.grpcerrors.ApiException;
import dev.rote.grpcerrors.ErrorInterceptor;
import dev.rote.spec.DataOutline;
import dev.rote.sweeps.admission.Admission;
import dev.rote.sweeps.admission.GridPlan;
import dev.rote.sweeps.workflow.Answer;
import dev.rote.sweeps.workflow.Command;
import dev.rote.sweeps.workflow.Decider;
import dev.rote.sweeps.workflow.Decision;
import dev.rote.sweeps.workflow.Plans;
import dev.rote.sweeps.workflow.StateReader;
import dev.rote.sweeps.workflow.SweepStatuses;
import dev.rote.sweeps.workflow.WorkflowSettings;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.v1.CancelSweepRequest;
import dev.rote.v1.CancelSweepResponse;
import dev.rote.v1.GetSweepRequest;
import dev.rote.v1.GetSweepResponse;
import dev.rote.v1.ListSweepsRequest;
import dev.rote.v1.ListSweepsResponse;
import dev.rote.v1.SubmitSweepRequest;
import dev.rote.v1.SubmitSweepResponse;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepAdvanced;
import dev.rote.v1.SweepControlRequested;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepSubmitted;
import dev.rote.v1.SweepsServiceGrpc;
import dev.rote.v1.TrialResult;
import dev.rote.v1.VerdictCounts;
import dev.rote.v1.WorkClaimed;
import dev.rote.v1.WorkCompleted;
import dev.rote.v1.WorkFailed;
import dev.rote.v1.WorkItem;
import dev.rote.v1.WorkflowEvent;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sweeps service's own door and decisions behind its API, on a port, with the state in memory
 * instead of in Kafka. The test is the worker.
 */
final class SweepsInProcess extends SweepsServiceGrpc.SweepsServiceImplBase
    implements StateReader, AutoCloseable {
  private static final int EPOCHS = 1;
  private static final VerdictCounts VERDICTS =
      VerdictCounts.newBuilder().setHolding(8).setFailing(1).setUndecided(1).build();

  private final TreeMap<String, byte[]> state = new TreeMap<>();
  private final Deque<WorkItem> offers = new ArrayDeque<>();
  private final Decider decider = new Decider(new Plans(GridPlan::of), WorkflowSettings.defaults());
  private final Admission admission =
      new Admission(
          10_000, 16, variant -> DataOutline.unknown(), SweepsInProcess::content, start -> {});
  private final Server server;
  private long events;
  final Set<String> names = ConcurrentHashMap.newKeySet();
  final List<String> groups = new CopyOnWriteArrayList<>();
  final AtomicInteger submits = new AtomicInteger();
  final AtomicInteger lists = new AtomicInteger();
  volatile boolean down;

  private static final Context.Key<String> CALLER = Context.key("caller");

  /** Notes in whose name sweeps are handed in and steered. */
  private final class Names implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      String name = headers.get(InTheNameOf.HEADER);
      if (name != null) {
        names.add(call.getMethodDescriptor().getBareMethodName() + " " + name);
      }
      return Contexts.interceptCall(
          Context.current().withValue(CALLER, String.valueOf(name)), call, headers, next);
    }
  }

  SweepsInProcess() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("localhost", 0))
            .addService(ServerInterceptors.intercept(this, new ErrorInterceptor(), new Names()))
            .build()
            .start();
  }

  /* Of files that nobody has: a sum that follows from the path. */
  private static Map<String, String> content(Set<String> paths) {
    return paths.stream()
        .collect(
            Collectors.toMap(path -> path, path -> String.format("%064x", path.hashCode() & 0xFF)));
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  @Override
  public byte @Nullable [] get(String key) {
    return state.get(key);
  }

  @Override
  public void scan(String from, String to, Visitor visitor) {
    for (var entry : state.subMap(from, to).entrySet()) {
      if (!visitor.visit(entry.getKey(), entry.getValue())) {
        return;
      }
    }
  }

  private synchronized Answer tell(WorkflowEvent.Builder event) {
    events++;
    Decision decision =
        decider.decide(
            this,
            event.setEventId("e" + events).setTime(Timestamps.fromMillis(events * 1_000)).build());
    decision
        .changes()
        .forEach(
            (key, value) -> value.ifPresentOrElse(v -> state.put(key, v), () -> state.remove(key)));
    for (Command command : decision.commands()) {
      if (command instanceof Command.OfferWork offer) {
        offers.add(offer.item());
      } else if (command instanceof Command.Advance advance) {
        tell(
            WorkflowEvent.newBuilder()
                .setSweepAdvanced(SweepAdvanced.newBuilder().setSweepId(advance.sweepId())));
      }
    }
    return decision.answer();
  }

  /** Does the next piece of work, well or not; false when there is none. */
  synchronized boolean work(boolean well) {
    WorkItem item = offers.poll();
    if (item == null) {
      return false;
    }
    String id = item.getWorkId();
    Answer.Claimed claimed =
        (Answer.Claimed)
            tell(
                WorkflowEvent.newBuilder()
                    .setWorkClaimed(
                        WorkClaimed.newBuilder()
                            .setWorkId(id)
                            .setWorker("w")
                            .setVersions(item.getVersions())));
    int attempt = claimed.response().getAttempt();
    if (attempt == 0) {
      /* Nobody wants it any more. */
      return true;
    }
    if (well) {
      tell(
          WorkflowEvent.newBuilder()
              .setWorkCompleted(
                  WorkCompleted.newBuilder()
                      .setWorkId(id)
                      .setAttempt(attempt)
                      .setOutcome(TrialResult.Outcome.CAP_REACHED)
                      .setEpochs(EPOCHS)
                      .setVerdicts(VERDICTS)));
    } else {
      tell(
          WorkflowEvent.newBuilder()
              .setWorkFailed(
                  WorkFailed.newBuilder().setWorkId(id).setAttempt(attempt).setReason("BROKEN")));
    }
    return true;
  }

  synchronized SweepStatus status(String idOrName) {
    return status(new WorkflowView(this).sweep(idOrName).orElseThrow());
  }

  private SweepStatus status(SweepRecord record) {
    return SweepStatuses.of(record, Timestamps.fromMillis(events * 1_000));
  }

  Answer control(String name, Control control) {
    return tell(
        WorkflowEvent.newBuilder()
            .setSweepControlRequested(
                SweepControlRequested.newBuilder()
                    .setSweepId(status(name).getSweepId())
                    .setControl(control)));
  }

  private <T> void answer(StreamObserver<T> client, Supplier<T> call) {
    try {
      if (down) {
        throw ApiException.unavailable("the workflow is starting", null);
      }
      client.onNext(call.get());
      client.onCompleted();
    } catch (RuntimeException e) {
      client.onError(e);
    }
  }

  @Override
  public void submitSweep(SubmitSweepRequest request, StreamObserver<SubmitSweepResponse> client) {
    submits.incrementAndGet();
    answer(
        client,
        () -> {
          groups.addAll(request.getSweep().getMetadata().getAnnotationsMap().values());
          SweepSubmitted admitted = admission.admit(request.getSweep(), warning -> {});
          Answer.Submitted submitted =
              (Answer.Submitted)
                  tell(
                      WorkflowEvent.newBuilder()
                          .setSweepSubmitted(admitted.toBuilder().setOwner(CALLER.get())));
          return SubmitSweepResponse.newBuilder()
              .setCreated(submitted.created())
              .setSweep(admitted.getSweep().toBuilder().setStatus(submitted.status()))
              .build();
        });
  }

  @Override
  public void listSweeps(ListSweepsRequest request, StreamObserver<ListSweepsResponse> client) {
    lists.incrementAndGet();
    answer(
        client,
        () -> {
          synchronized (this) {
            WorkflowView.Page page =
                new WorkflowView(this).sweeps(request.getPageToken(), request.getPageSize());
            ListSweepsResponse.Builder response =
                ListSweepsResponse.newBuilder().setNextPageToken(page.nextToken());
            page.sweeps().forEach(s -> response.addSweeps(Sweep.newBuilder().setStatus(status(s))));
            return response.build();
          }
        });
  }

  @Override
  public void getSweep(GetSweepRequest request, StreamObserver<GetSweepResponse> client) {
    answer(
        client,
        () -> {
          String id = request.getSweep();
          WorkflowView view = new WorkflowView(this);
          SweepRecord record =
              view.sweep(id)
                  .orElseThrow(() -> ApiException.notFound("sweep", id, "no sweep " + id));
          Sweep sweep = view.spec(record.getSweepId()).orElseThrow();
          return GetSweepResponse.newBuilder()
              .setSweep(sweep.toBuilder().setStatus(status(record)))
              .build();
        });
  }

  @Override
  public void cancelSweep(CancelSweepRequest request, StreamObserver<CancelSweepResponse> client) {
    answer(
        client,
        () -> {
          String id = request.getSweep();
          if (new WorkflowView(this).sweep(id).isEmpty()) {
            throw ApiException.notFound("sweep", id, "no sweep has the id or name '" + id + "'");
          }
          Answer answer = control(id, Control.CANCEL);
          if (answer instanceof Answer.Refused refused) {
            throw ApiException.precondition("SWEEP_" + refused.phase(), id, refused.message());
          }
          return CancelSweepResponse.newBuilder()
              .setStatus(((Answer.Controlled) answer).status())
              .build();
        });
  }
}
