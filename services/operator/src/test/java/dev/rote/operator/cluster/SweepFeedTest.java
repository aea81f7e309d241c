package dev.rote.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.operator.grpc.FeedSettings;
import dev.rote.operator.grpc.NamespaceOwners;
import dev.rote.operator.grpc.SweepFeed;
import dev.rote.operator.grpc.SweepsApi;
import dev.rote.spec.SweepFiles;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepControlRequested.Control;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often the sweeps service is asked, and resources are told, when there are thousands. */
class SweepFeedTest {
  private static final int MANY = 2_000;
  private static final int PAGES = 4;

  private final AtomicLong nanos = new AtomicLong();
  private final List<ResourceID> told = new ArrayList<>();
  private SweepsInProcess sweeps;
  private ManagedChannel channel;
  private SweepsApi calls;
  private SweepFeed feed;

  @BeforeEach
  void start() throws Exception {
    sweeps = new SweepsInProcess();
    channel = ManagedChannelBuilder.forAddress("localhost", sweeps.port()).usePlaintext().build();
    calls = new SweepsApi(channel, Duration.ofSeconds(10), new NamespaceOwners(Map.of()));
    feed =
        new SweepFeed(
            calls,
            new FeedSettings(Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofSeconds(10)),
            nanos::get);
    feed.setEventHandler(event -> told.add(event.getRelatedCustomResourceID()));
  }

  private void submit(int count) {
    for (int i = 0; i < count; i++) {
      var status = calls.submit(sweep("s" + i));
      feed.follow(status.getSweepId(), id(i));
      feed.put(status.getSweepId(), status);
    }
    feed.poll();
    told.clear();
    sweeps.lists.set(0);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    sweeps.close();
  }

  private static ResourceID id(int i) {
    return new ResourceID("s" + i, "default");
  }

  private static Sweep sweep(String name) {
    return SweepFiles.parse(
        """
        apiVersion: rote.dev/v1
        kind: Sweep
        metadata: {name: %s}
        spec:
          trial:
            dataset: {name: strokes, trainSize: 100, validationSize: 50}
            model: {mlp: {hidden: [8]}}
            training: {epochs: 1}
          parallelism: 1
        """
            .formatted(name),
        name);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    feed.poll();
  }

  @Test
  void poll_nothingChanged_tellsNobodyAndAsksOnceForAll() {
    submit(MANY);
    pass(Duration.ofSeconds(2));
    pass(Duration.ofSeconds(2));
    assertThat(told).isEmpty();
    assertThat(sweeps.lists).hasValue(2 * PAGES);
  }

  @Test
  void poll_newPhase_tellsThatResourceAlone() {
    submit(9);
    sweeps.control("s7", Control.PAUSE);
    pass(Duration.ofSeconds(2));
    pass(Duration.ofSeconds(2));
    assertThat(told).containsExactly(id(7));
  }

  @Test
  void poll_fewStillRun_looksNoFurtherThanTheOldestOfThem() {
    submit(MANY);
    for (int i = 0; i < MANY - 10; i++) {
      sweeps.control("s" + i, Control.CANCEL);
    }
    pass(Duration.ofSeconds(2));
    assertThat(told).hasSize(MANY - 10);
    sweeps.lists.set(0);
    pass(Duration.ofSeconds(2));
    assertThat(sweeps.lists).as("they are the newest: one page").hasValue(1);
    for (int i = MANY - 10; i < MANY; i++) {
      sweeps.control("s" + i, Control.CANCEL);
    }
    pass(Duration.ofSeconds(2));
    sweeps.lists.set(0);
    pass(Duration.ofSeconds(2));
    assertThat(sweeps.lists).as("nothing runs, nothing is asked").hasValue(0);
    pass(Duration.ofMinutes(1));
    assertThat(sweeps.lists).as("but now and then all are looked at").hasValue(PAGES);
  }

  @Test
  void poll_progressAlone_isToldNowAndThen() {
    Sweep.Builder longer = sweep("longer").toBuilder();
    longer
        .getSpecBuilder()
        .setRepetitions(3)
        .getTrialBuilder()
        .getDatasetBuilder()
        .setTrainSize(99);
    var status = calls.submit(longer.build());
    ResourceID resource = new ResourceID("longer", "default");
    feed.follow(status.getSweepId(), resource);
    feed.put(status.getSweepId(), status);
    while (sweeps.status("longer").getCounts().getDone() == 0) {
      assertThat(sweeps.work(true)).isTrue();
    }
    pass(Duration.ofSeconds(2));
    assertThat(told).as("a trial more is no news yet").doesNotContain(resource);
    pass(Duration.ofSeconds(8));
    assertThat(told).containsOnlyOnce(resource);
    while (sweeps.work(true)) {}
    pass(Duration.ofSeconds(2));
    assertThat(told.stream().filter(resource::equals)).as("a new phase is").hasSize(2);
  }

  @Test
  void follow_anotherSweep_forgetsTheFirst() {
    submit(3);
    String first = sweeps.status("s1").getSweepId();
    String second = sweeps.status("s2").getSweepId();
    assertThat(feed.others(first, id(1))).isEmpty();
    feed.follow(second, id(1));
    assertThat(feed.others(second, id(2))).isNotEmpty();
    assertThat(feed.status(first)).isEmpty();
    feed.unfollow(id(1));
    assertThat(feed.others(second, id(2))).isEmpty();
  }
}
