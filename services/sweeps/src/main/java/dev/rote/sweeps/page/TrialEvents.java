package dev.rote.sweeps.page;

import dev.rote.v1.DescribeTrialRequest;
import dev.rote.v1.DescribeTrialResponse;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepsServiceGrpc.SweepsServiceStub;
import io.grpc.stub.StreamObserver;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A trial as it goes on: {@code trial} whenever there is more to see of it, looked for every two
 * seconds while somebody follows, and {@code end}. Trials have no watch of their own: what lies in
 * their checkpoints changes without an event.
 */
final class TrialEvents {
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final long PATIENCE_SECONDS = 20;

  private TrialEvents() {}

  static Multi<OutboundSseEvent> of(SweepsCalls calls, Sweep sweep, long index, Sse sse) {
    SweepsServiceStub following = calls.following();
    DescribeTrialRequest request = SweepsCalls.trialRequest(sweep, index);
    return Multi.createBy()
        .repeating()
        .uni(() -> look(following, request))
        .withDelay(PAUSE)
        .whilst(Look::live)
        .skip()
        .repetitions()
        .onItem()
        .transformToIterable(events(sse))
        .onFailure()
        /* The page connects anew. */
        .recoverWithCompletion();
  }

  private record Look(String moment, boolean live) {}

  private static Uni<Look> look(SweepsServiceStub following, DescribeTrialRequest request) {
    return Uni.createFrom()
        .<DescribeTrialResponse>emitter(
            answer ->
                following
                    .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .describeTrial(request, new Answer(answer)))
        .map(
            trial ->
                new Look(TrialView.moment(trial), TrialStates.isLive(trial.getTrial().getState())));
  }

  private static Function<Look, Iterable<OutboundSseEvent>> events(Sse sse) {
    return look ->
        look.live()
            ? List.of(event(sse, "trial", look))
            : List.of(event(sse, "trial", look), event(sse, "end", look));
  }

  private static OutboundSseEvent event(Sse sse, String name, Look look) {
    return sse.newEventBuilder()
        .name(name)
        .mediaType(MediaType.TEXT_HTML_TYPE)
        .data(String.class, look.moment())
        .build();
  }

  private static final class Answer implements StreamObserver<DescribeTrialResponse> {
    private final UniEmitter<? super DescribeTrialResponse> to;

    Answer(UniEmitter<? super DescribeTrialResponse> to) {
      this.to = to;
    }

    @Override
    public void onNext(DescribeTrialResponse trial) {
      to.complete(trial);
    }

    @Override
    public void onError(@Nullable Throwable failure) {
      to.fail(failure);
    }

    @Override
    public void onCompleted() {
      /* The answer was all. */
    }
  }
}
