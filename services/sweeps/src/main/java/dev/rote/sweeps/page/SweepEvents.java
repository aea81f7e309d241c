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
 * when trials have ended since, every two seconds at most, {@code phase} when what can be done to
 * it is another, and {@code end}.
 */
final class SweepEvents implements ClientResponseObserver<WatchSweepRequest, WatchSweepResponse> {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final String name;
  private final Sse sse;
  private final MultiEmitter<? super OutboundSseEvent> client;
  private String told;
  private Phase phase;
  private long toldNanos = System.nanoTime();

  private SweepEvents(Sweep sweep, Sse sse, MultiEmitter<? super OutboundSseEvent> client) {
    this.name = sweep.getMetadata().getName();
    this.sse = sse;
    this.client = client;
    this.told = "";
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
    String moment = RecentReports.moment(status) + status.getCounts().getRunning();
    long now = System.nanoTime();
    if (turned || (!moment.equals(told) && now - toldNanos > PAUSE.toNanos())) {
      told = moment;
      toldNanos = now;
      send("trials", moment);
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
