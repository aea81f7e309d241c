package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rote.access.OwnKey;
import dev.rote.access.grpc.Channels;
import dev.rote.spec.SweepFiles;
import dev.rote.v1.ListSweepsRequest;
import dev.rote.v1.SubmitSweepRequest;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.SweepsServiceGrpc;
import dev.rote.v1.SweepsServiceGrpc.SweepsServiceBlockingStub;
import dev.rote.v1.WatchSweepRequest;
import dev.rote.workqueue.KafkaCluster;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps by every door of an installation that is as the overlay of production makes it. */
@EnabledIf(
    value = "dev.rote.it.ProductionPods#canRender",
    disabledReason = "there is no kubectl on this machine")
class ProductionSweepIT {
  private static final int PATIENCE_SECONDS = 180;

  @TempDir static Path folder;

  private static ProductionSite site;

  private final List<ManagedChannel> channels = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    site = ProductionSite.start(folder);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (site != null) {
      site.close();
    }
  }

  @AfterEach
  void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  private SweepsServiceBlockingStub sweeps(Optional<String> key) {
    ManagedChannel channel =
        Channels.open("https://" + site.address("sweeps"), () -> key, site.caller());
    channels.add(channel);
    return SweepsServiceGrpc.newBlockingStub(channel)
        .withWaitForReady()
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void shouldRunASweepWhenASubmitterShowsItsKey() throws Exception {
    String sweep =
        sweeps(Optional.of(site.submitter()))
            .submitSweep(
                SubmitSweepRequest.newBuilder()
                    .setSweep(SweepFiles.parse(TinySweep.named("production", 31, 2), "test"))
                    .build())
            .getSweep()
            .getStatus()
            .getSweepId();

    List<SweepStatus> seen = new ArrayList<>();
    sweeps(Optional.of(site.submitter()))
        .watchSweep(WatchSweepRequest.newBuilder().setSweep(sweep).build())
        .forEachRemaining(answer -> seen.add(answer.getStatus()));

    SweepStatus last = seen.get(seen.size() - 1);
    assertThat(last.getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(last.getCounts().getDone()).isEqualTo(4);
    look(site.kafka("rote-sweeps"), "rote.audit", line -> line.contains("\"caller\":\"ada\""));
    assertThat(site.logs()).doesNotContain("AuthorizationException", "ot authorized");
  }

  @Test
  void shouldRunASweepWhenAPipelineSendsItsConfig() throws Exception {
    KafkaCluster pipeline = site.kafka("rote-pipeline");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            pipeline.client(Map.of()), new StringSerializer(), new StringSerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  ProductionSite.CONFIGS, TinySweep.named("production-event", 32, 1)))
          .get(20, TimeUnit.SECONDS);
    }

    try (KafkaConsumer<String, String> consumer =
        consumer(pipeline, Map.of("group.id", "pipeline-tests", "auto.offset.reset", "earliest"))) {
      consumer.subscribe(List.of("rote.sweep-events"));
      await(consumer, event -> event.contains("production-event") && event.contains("COMPLETED"));
    }
  }

  @Test
  @EnabledIfSystemProperty(
      named = "rote.kubeconfig",
      matches = ".+",
      disabledReason = "no API server: -Drote.kubeconfig=FILE names one that is there for tests")
  void shouldRunASweepWhenAResourceIsAppliedAndTheOperatorHasItsOwnRightsAlone() throws Exception {
    Path kubeconfig = Path.of(System.getProperty("rote.kubeconfig")).toAbsolutePath();
    site.startOperator(kubeconfig);
    Path sweep = folder.resolve("sweep.yaml");
    Files.writeString(sweep, TinySweep.named("production-resource", 33, 1));
    UserShell shell =
        new UserShell(
            folder,
            folder.resolve("kubectl-apply.log"),
            Map.of("KUBECONFIG", kubeconfig.toString()));
    try {
      shell.expect("kubectl -n rote apply -f " + sweep);
      shell.expect(
          "kubectl -n rote wait --for=condition=Complete sweep/production-resource --timeout=3m");
    } finally {
      shell.expect("kubectl -n rote delete sweep/production-resource");
    }
    refusesPlainHttp("operator");
  }

  @Test
  void shouldTakeNoPlainTextAndNobodyWithoutAKeyAtAnyPort() {
    for (String service : ProductionSite.SERVICES) {
      ManagedChannel channel = Channels.open(site.address(service), OwnKey.none());
      channels.add(channel);
      assertRefused(
          Status.Code.UNAVAILABLE,
          () ->
              HealthGrpc.newBlockingStub(channel)
                  .withDeadlineAfter(20, TimeUnit.SECONDS)
                  .check(HealthCheckRequest.getDefaultInstance()));
      refusesPlainHttp(service);
    }
    assertRefused(
        Status.Code.UNAUTHENTICATED,
        () -> sweeps(Optional.empty()).listSweeps(ListSweepsRequest.getDefaultInstance()));
  }

  @Test
  void shouldKeepConfigsFromWorkersByTheRulesOfTheirUsers() {
    for (String worker : ProductionSite.WORKERS) {
      assertThatThrownBy(
              () -> look(site.kafka("rote-" + worker), ProductionSite.CONFIGS, value -> true))
          .as(worker)
          .isInstanceOf(TopicAuthorizationException.class);
    }
  }

  private static void assertRefused(Status.Code code, Runnable call) {
    assertThat(catchThrowableOfType(StatusRuntimeException.class, call::run))
        .satisfies(refusal -> assertThat(refusal.getStatus().getCode()).isEqualTo(code));
  }

  private static void refusesPlainHttp(String part) {
    HttpRequest plain =
        HttpRequest.newBuilder(URI.create("http://" + site.httpAddress(part) + "/q/health/live"))
            .build();
    assertThatThrownBy(() -> HttpClient.newHttpClient().send(plain, BodyHandlers.discarding()))
        .as(part)
        .isInstanceOf(IOException.class);
  }

  /** Waits for a record of a topic that is as wanted, in no group. */
  private static void look(KafkaCluster cluster, String topic, Predicate<String> wanted) {
    try (KafkaConsumer<String, String> consumer = consumer(cluster, Map.of())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      consumer.seekToBeginning(consumer.assignment());
      await(consumer, wanted);
    }
  }

  private static KafkaConsumer<String, String> consumer(
      KafkaCluster cluster, Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("isolation.level", "read_committed");
    return new KafkaConsumer<>(
        cluster.client(all), new StringDeserializer(), new StringDeserializer());
  }

  private static void await(KafkaConsumer<String, String> consumer, Predicate<String> wanted) {
    List<String> seen = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end && seen.stream().noneMatch(wanted)) {
      consumer.poll(Duration.ofMillis(200)).forEach(record -> seen.add(record.value()));
    }
    assertThat(seen).anyMatch(wanted);
  }
}
