package dev.rote.sweeps.page;

import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.SweepsServiceGrpc.SweepsServiceStub;
import dev.rote.v1.WatchSweepRequest;
import dev.rote.v1.WatchSweepResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A sweep as it goes on: {@code status} with the line that says where it stands, {@code trials}
 * when trials have begun or ended since, every two seconds at most, {@code results} when there are
 * others, every five seconds at most, {@code phase} when what can be done to it is another, and
 * {@code end}. The pace is kept here: a page that waited by itself would miss the end.
 */
final class SweepEvents implements ClientResponseObserver<WatchSweepRequest, WatchSweepResponse> {
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration LONG_PAUSE = Duration.ofSeconds(5);

  private final String name;
  private final Sse sse;
  private final MultiEmitter<? super OutboundSseEvent> client;
  private final Pace trials = new Pace(PAUSE);
  private final Pace results = new Pace(LONG_PAUSE);
  private Phase phase;

  private SweepEvents(Sweep sweep, Sse sse, MultiEmitter<? super OutboundSseEvent> client) {
    this.name = sweep.getMetadata().getName();
    this.sse = sse;
    this.client = client;
    this.phase = sweep.getStatus().getPhase();
  }

  static Multi<OutboundSseEvent> of(SweepsCalls calls, Sweep sweep, Sse sse) {
    WatchSweepRequest request =
        WatchSweepRequest.newBuilder().setSweep(sweep.getStatus().getSweepId()).build();
    SweepsServiceStub following = calls.following();
    return Multi.createFrom()
        .emitter(client -> following.watchSweep(request, new SweepEvents(sweep, sse, client)));
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<WatchSweepRequest> call) {
    client.onTermination(() -> call.cancel("the page was left", null));
  }

  @Override
  public void onNext(WatchSweepResponse response) {
    SweepStatus status = response.getStatus();
    send("status", SweepPage.Templates.status(SweepLine.of(name, status)).render());
    boolean turned = status.getPhase() != phase;
    if (turned) {
      phase = status.getPhase();
      send("phase", phase.name());
    }
    String moment = RecentReports.moment(status);
    String running = moment + "-" + status.getCounts().getRunning();
    if (trials.isDue(running, turned)) {
      send("trials", running);
    }
    if (results.isDue(moment, turned)) {
      send("results", moment);
    }
  }

  /** Tells of what is another, and not more often than every so long. */
  private static final class Pace {
    private final Duration pause;
    private String told = "";
    private long toldNanos = System.nanoTime();

    Pace(Duration pause) {
      this.pause = pause;
    }

    /**
     * @param now whether it does not wait
     */
    boolean isDue(String moment, boolean now) {
      long nanos = System.nanoTime();
      if (!now && (moment.equals(told) || nanos - toldNanos < pause.toNanos())) {
        return false;
      }
      told = moment;
      toldNanos = nanos;
      return true;
    }
  }

  @Override
  public void onCompleted() {
    send("end", phase.name());
    client.complete();
  }

  @Override
  public void onError(@Nullable Throwable failure) {
    /* The page connects anew. */
    client.complete();
  }

  private void send(String event, String data) {
    client.emit(
        sse.newEventBuilder()
            .name(event)
            .mediaType(MediaType.TEXT_HTML_TYPE)
            .data(String.class, data)
            .build());
  }
}
