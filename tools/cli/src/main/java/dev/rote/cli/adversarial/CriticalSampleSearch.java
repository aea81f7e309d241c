package dev.rote.cli.adversarial;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.v1.CriticalSample;
import dev.rote.v1.FindCriticalSamplesRequest;
import dev.rote.v1.FindCriticalSamplesResponse;
import dev.rote.v1.MetricsServiceGrpc.MetricsServiceStub;
import dev.rote.v1.SearchApplied;
import dev.rote.v1.SearchHeader;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One search: sends examples as fast as the service takes them, and pairs its answers with them.
 *
 * <p>The caller's thread sends; a thread of the channel receives.
 */
public final class CriticalSampleSearch
    implements ClientResponseObserver<FindCriticalSamplesRequest, FindCriticalSamplesResponse> {
  private final Queue<Outcome> unanswered = new ArrayDeque<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private SearchApplied applied = SearchApplied.getDefaultInstance();
  private @Nullable ClientCallStreamObserver<FindCriticalSamplesRequest> requests;
  private @Nullable RuntimeException failure;
  private boolean ended;

  private CriticalSampleSearch() {}

  /**
   * What a search found.
   *
   * @param outcomes in the order of the examples
   * @param applied what was searched, and how
   */
  public record Found(List<Outcome> outcomes, SearchApplied applied) {
    public Found {
      outcomes = List.copyOf(outcomes);
    }
  }

  /**
   * Searches around examples.
   *
   * @throws io.grpc.StatusRuntimeException when the service refuses or fails
   */
  public static Found run(
      MetricsServiceStub metrics, SearchHeader header, Iterator<ExampleBlock> examples)
      throws InterruptedException {
    CriticalSampleSearch search = new CriticalSampleSearch();
    metrics.findCriticalSamples(search);
    return search.run(header, examples);
  }

  @Override
  public synchronized void beforeStart(
      ClientCallStreamObserver<FindCriticalSamplesRequest> stream) {
    requests = stream;
    stream.setOnReadyHandler(this::wake);
  }

  private synchronized void wake() {
    notifyAll();
  }

  private Found run(SearchHeader header, Iterator<ExampleBlock> examples)
      throws InterruptedException {
    ClientCallStreamObserver<FindCriticalSamplesRequest> stream = stream();
    try {
      stream.onNext(FindCriticalSamplesRequest.newBuilder().setHeader(header).build());
      while (examples.hasNext()) {
        ExampleBlock block = examples.next();
        if (!awaitReady(stream)) {
          break;
        }
        remember(block);
        stream.onNext(FindCriticalSamplesRequest.newBuilder().setExamples(block.message()).build());
      }
      if (!hasEnded()) {
        stream.onCompleted();
      }
    } catch (RuntimeException | InterruptedException e) {
      stream.cancel("the examples ended early", e);
      throw e;
    }
    return awaitEnd();
  }

  private synchronized ClientCallStreamObserver<FindCriticalSamplesRequest> stream() {
    if (requests == null) {
      throw new IllegalStateException("the call has not started");
    }
    return requests;
  }

  private synchronized boolean hasEnded() {
    return ended;
  }

  private synchronized boolean awaitReady(ClientCallStreamObserver<?> stream)
      throws InterruptedException {
    while (!ended && !stream.isReady()) {
      wait();
    }
    return !ended;
  }

  private synchronized void remember(ExampleBlock block) {
    for (int i = 0; i < block.count(); i++) {
      unanswered.add(
          new Outcome(
              block.shape(), block.input(i), block.label(i), CriticalSample.getDefaultInstance()));
    }
  }

  private synchronized Found awaitEnd() throws InterruptedException {
    while (!ended) {
      wait();
    }
    if (failure != null) {
      throw failure;
    }
    if (!unanswered.isEmpty()) {
      throw new CommandFailure(
          ExitCodes.FAILED,
          String.format(
              "the metrics service answered for %d examples and left out %d",
              outcomes.size(), unanswered.size()));
    }
    return new Found(outcomes, applied);
  }

  @Override
  public synchronized void onNext(FindCriticalSamplesResponse response) {
    if (response.hasApplied()) {
      applied = response.getApplied();
    }
    for (CriticalSample sample : response.getSamplesList()) {
      Outcome asked = unanswered.poll();
      if (asked == null || sample.getIndex() != outcomes.size()) {
        throw new CommandFailure(
            ExitCodes.FAILED,
            String.format(
                "the metrics service answered for example %d when %d was due",
                sample.getIndex(), outcomes.size()));
      }
      outcomes.add(new Outcome(asked.shape(), asked.original(), asked.label(), sample));
    }
  }

  @Override
  public synchronized void onError(Throwable thrown) {
    failure =
        thrown instanceof RuntimeException unchecked
            ? unchecked
            : new IllegalStateException("the call broke off", thrown);
    ended = true;
    notifyAll();
  }

  @Override
  public synchronized void onCompleted() {
    ended = true;
    notifyAll();
  }
}
