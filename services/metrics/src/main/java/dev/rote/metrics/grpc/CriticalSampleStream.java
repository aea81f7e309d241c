package dev.rote.metrics.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.rote.critical.CriticalSearch;
import dev.rote.critical.SearchOutcome;
import dev.rote.critical.SearchRule;
import dev.rote.grpcerrors.ApiException;
import dev.rote.metrics.measuring.EpochSelection;
import dev.rote.metrics.storage.StoredNetworks;
import dev.rote.metrics.storage.StoredTrials;
import dev.rote.networks.Network;
import dev.rote.recipes.CrossEntropy;
import dev.rote.runtime.Slots;
import dev.rote.v1.CriticalSample;
import dev.rote.v1.CriticalSamples;
import dev.rote.v1.FindCriticalSamplesRequest;
import dev.rote.v1.FindCriticalSamplesResponse;
import dev.rote.v1.SearchApplied;
import dev.rote.v1.SearchHeader;
import dev.rote.v1.TrialResult;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code FindCriticalSamples}.
 *
 * <p>Back-pressure: the next message is asked for when the answers to the last one have been taken
 * in by the transport, so that one message is in memory at a time. gRPC calls the methods one after
 * another.
 */
final class CriticalSampleStream implements StreamObserver<FindCriticalSamplesRequest> {
  private final StoredTrials trials;
  private final StoredNetworks networks;
  private final Slots slots;
  private final ServerCallStreamObserver<FindCriticalSamplesResponse> client;
  private final Context context = Context.current();
  private @Nullable Session session;
  private final Patience patience;
  private long next;
  private long newest = System.nanoTime();
  private boolean waiting;
  private boolean ended;

  private record Session(
      Network network, CriticalSearch search, SearchApplied applied, boolean anyRange) {}

  private CriticalSampleStream(
      StoredTrials trials,
      StoredNetworks networks,
      Slots slots,
      Patience patience,
      ServerCallStreamObserver<FindCriticalSamplesResponse> client) {
    this.trials = trials;
    this.networks = networks;
    this.slots = slots;
    this.patience = patience;
    this.client = client;
  }

  /**
   * How long a call may be silent, and the clock that sees to it: a call that sends no message, or
   * takes in no answer, for so long ends with {@code RESOURCE_EXHAUSTED}, and its slot is free.
   */
  record Patience(Duration time, ScheduledExecutorService clock) {}

  static CriticalSampleStream open(
      StoredTrials trials,
      StoredNetworks networks,
      Slots slots,
      Patience patience,
      ServerCallStreamObserver<FindCriticalSamplesResponse> client) {
    CriticalSampleStream stream =
        new CriticalSampleStream(trials, networks, slots, patience, client);
    client.disableAutoRequest();
    client.setOnReadyHandler(stream::onReady);
    client.setOnCancelHandler(stream::release);
    client.request(1);
    stream.checkIn(patience.time.toNanos());
    return stream;
  }

  private void checkIn(long nanos) {
    var unused = patience.clock.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
  }

  private synchronized void check() {
    long left = newest + patience.time.toNanos() - System.nanoTime();
    if (ended) {
      return;
    }
    if (left > 0) {
      checkIn(left);
      return;
    }
    release();
    client.onError(
        ApiException.exhausted(
            "no message came, and no answer was taken in, for " + patience.time,
            Duration.ofSeconds(1)));
  }

  @Override
  public synchronized void onNext(FindCriticalSamplesRequest message) {
    if (ended) {
      return;
    }
    try {
      switch (message.getPartCase()) {
        case HEADER -> start(message.getHeader());
        case EXAMPLES -> search(message);
        case PART_NOT_SET ->
            throw ApiException.invalid("part", "must be a header or examples, was neither");
      }
    } catch (RuntimeException e) {
      release();
      client.onError(ErrorTranslation.translate(e));
      return;
    }
    newest = System.nanoTime();
    waiting = true;
    onReady();
  }

  private synchronized void onReady() {
    if (waiting && client.isReady()) {
      waiting = false;
      newest = System.nanoTime();
      client.request(1);
    }
  }

  private void start(SearchHeader header) {
    if (session != null) {
      throw ApiException.invalid("header", "must come once, on the first message");
    }
    CriticalSamples spec = Requests.search(header);
    TrialResult result = trials.result(header.getTrialId());
    int epoch = header.hasEpoch() ? header.getEpoch() : EpochSelection.lastOf(result);
    slots.acquire();
    boolean opened = false;
    try {
      Network network = networks.open(header.getTrialId(), epoch, CrossEntropy.PLAIN, 1);
      SearchRule rule = SearchRule.of(spec);
      session =
          new Session(
              network,
              new CriticalSearch(network, header.getClip() ? rule.clipped() : rule, spec.getSeed()),
              SearchApplied.newBuilder()
                  .setTrialId(header.getTrialId())
                  .setEpoch(epoch)
                  .setSearch(spec)
                  .setClipped(header.getClip())
                  .setAnyRange(header.getAnyRange())
                  .build(),
              header.getAnyRange() || Requests.trainedOnNoise(result.getSpec()));
      opened = true;
    } finally {
      if (!opened) {
        slots.release();
      }
    }
  }

  private void search(FindCriticalSamplesRequest message) {
    Session open = session;
    if (open == null) {
      throw ApiException.invalid("header", "must come on the first message, before examples");
    }
    float[] points =
        Requests.inputs(
            message.getExamples(), open.network.blueprint().input(), next, open.anyRange);
    int length = open.network.blueprint().inputLength();
    int n = points.length / length;
    SearchOutcome outcome = open.search.search(points, n, next, this::throwIfCancelled);
    FindCriticalSamplesResponse.Builder answer = FindCriticalSamplesResponse.newBuilder();
    if (next == 0) {
      answer.setApplied(open.applied);
    }
    for (int i = 0; i < n; i++) {
      CriticalSample.Builder sample =
          answer
              .addSamplesBuilder()
              .setIndex(next + i)
              .setCritical(outcome.critical(i))
              .setPredicted(outcome.predicted(i))
              .setAdversarialClass(outcome.adversarialClass(i))
              .setIterations(outcome.iterations(i));
      if (outcome.critical(i)) {
        sample.setAdversarial(bytes(points, i * length, length));
      }
    }
    next += n;
    client.onNext(answer.build());
  }

  private void throwIfCancelled() {
    if (client.isCancelled() || context.isCancelled()) {
      throw new CancellationException("the client has gone");
    }
  }

  private static ByteString bytes(float[] values, int from, int length) {
    ByteBuffer buffer = ByteBuffer.allocate(length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values, from, length);
    return UnsafeByteOperations.unsafeWrap(buffer);
  }

  @Override
  public synchronized void onCompleted() {
    if (!ended) {
      release();
      client.onCompleted();
    }
  }

  @Override
  public synchronized void onError(Throwable failure) {
    release();
  }

  private synchronized void release() {
    ended = true;
    Session open = session;
    session = null;
    if (open != null) {
      open.network.close();
      slots.release();
    }
  }
}
