package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rote.access.KeyHash;
import dev.rote.access.OwnKey;
import dev.rote.access.grpc.Channels;
import dev.rote.access.grpc.Tls;
import dev.rote.access.grpc.TlsFiles;
import dev.rote.embedded.ObjectStoreServer;
import dev.rote.spec.SweepFiles;
import dev.rote.testkit.TestAuthority;
import dev.rote.testkit.TestAuthority.Issued;
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
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Services with the settings that the overlay of production makes, on a broker with its users and
 * their rules: sweeps run, and no port takes plain text. What a cluster's other operators make is
 * made here: certificates, passwords and a topic.
 */
class ProductionSweepIT {
  private static final List<String> SERVICES =
      List.of("sweeps", "corruption", "trainer", "metrics");
  private static final String CONFIGS = "rote.configs";
  private static final String EVENTS = "rote.sweep-events";
  private static final String AUDIT = "rote.audit";
  private static final String PIPELINE = "rote-pipeline";
  private static final int PATIENCE_SECONDS = 180;

  @TempDir Path folder;

  private final String submitter = KeyHash.newKey();
  private final Map<String, Map<String, String>> secrets = new HashMap<>();
  private final Map<String, Integer> grpc = new LinkedHashMap<>();
  private final Map<String, Integer> http = new LinkedHashMap<>();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<ServiceProcess> services = new ArrayList<>();

  private final TestAuthority authority = new TestAuthority("rote-ca");
  private Path ca = Path.of("ca.crt");
  private Issued files = new Issued(ca, ca);

  @AfterEach
  void close() throws Exception {
    channels.forEach(ManagedChannel::shutdownNow);
    for (ServiceProcess service : services) {
      service.end();
    }
  }

  @Test
  void shouldRunSweepsAndTakeNoPlainTextWhenSetUpAsTheOverlayOfProductionSays() throws Exception {
    issue();
    Map<String, List<AclBinding>> rules = ProductionUsers.rules();
    Map<String, String> passwords = new LinkedHashMap<>();
    for (String user : rules.keySet()) {
      passwords.put(user, KeyHash.newKey());
      secrets.put(user, Map.of("password", Objects.requireNonNull(passwords.get(user))));
    }
    String store = KeyHash.newKey();
    for (String service : SERVICES) {
      secrets.put(
          "rote-object-store-" + service,
          Map.of("ROTE_S3_ACCESS_KEY", "rote", "ROTE_S3_SECRET_KEY", store));
    }
    try (Tls shown = tls(Optional.of(files));
        Tls caller = tls(Optional.empty());
        ObjectStoreServer objects =
            ObjectStoreServer.start(
                folder.resolve("objects"),
                "127.0.0.1",
                ServiceProcess.freePort(),
                "rote",
                store,
                shown.identity());
        EncryptedBroker broker = EncryptedBroker.start(folder.resolve("kafka"), files, passwords)) {
      try (Admin inside = Admin.create(Map.of("bootstrap.servers", broker.inside()))) {
        inside.createTopics(List.of(new NewTopic(CONFIGS, 1, (short) 1))).all().get();
        inside.createAcls(rules.values().stream().flatMap(List::stream).toList()).all().get();
      }
      start(broker, objects.endpoint());

      runs(submit(caller), caller);
      KafkaCluster pipeline = cluster(broker, PIPELINE);
      publish(pipeline, TinySweep.named("production-event", 32, 1));
      await(
          pipeline,
          EVENTS,
          event -> event.contains("production-event") && event.contains("COMPLETED"));
      look(cluster(broker, "rote-sweeps"), AUDIT, line -> line.contains("\"caller\":\"ada\""));

      for (String worker : SERVICES.subList(1, SERVICES.size())) {
        assertThatThrownBy(() -> look(cluster(broker, "rote-" + worker), CONFIGS, value -> true))
            .as(worker)
            .isInstanceOf(TopicAuthorizationException.class);
      }
      for (String service : SERVICES) {
        refusesPlainText(service);
      }
      keyless(caller);
    }
  }

  /* What cert-manager and who installs the overlay lay down. */
  private void issue() throws IOException {
    ca = authority.write(folder.resolve("ca.crt"));
    files = new Issued(folder.resolve("server.crt"), folder.resolve("server.key"));
    authority.issue(files);
    Map<String, String> certificate =
        Map.of(
            "tls.crt", Files.readString(files.certificate()),
            "tls.key", Files.readString(files.key()),
            "ca.crt", Files.readString(ca));
    SERVICES.forEach(service -> secrets.put(service + "-tls", certificate));
    secrets.put("rote-cluster-ca-cert", Map.of("ca.crt", Files.readString(ca)));
    String sweeps = KeyHash.newKey();
    String worker = KeyHash.newKey();
    secrets.put(
        "rote-access",
        Map.of(
            "access.keys",
            """
            %s sweeps submitter,worker
            %s worker worker
            %s ada submitter
            """
                .formatted(KeyHash.of(sweeps), KeyHash.of(worker), KeyHash.of(submitter)),
            "sweeps",
            sweeps,
            "worker",
            worker,
            "workflow",
            KeyHash.newKey()));
  }

  private Tls tls(Optional<Issued> shown) {
    return Tls.of(
        new TlsFiles(shown.map(Issued::certificate), shown.map(Issued::key), Optional.of(ca)),
        Duration.ofMinutes(1));
  }

  private void start(EncryptedBroker broker, URI store) throws Exception {
    ProductionPods pods = ProductionPods.render(folder, secrets);
    for (String service : SERVICES) {
      grpc.put(service, ServiceProcess.freePort());
      http.put(service, ServiceProcess.freePort());
    }
    for (String service : SERVICES) {
      Map<String, String> environment = new HashMap<>(pods.environment(service));
      /* Where the parts are, and how many brokers; the store's certificate is of our authority. */
      Map<String, String> here =
          Map.of(
              "ROTE_KAFKA",
              broker.outside(),
              "ROTE_SWEEPS",
              "https://localhost:" + grpc.get("sweeps"),
              "ROTE_CORRUPTION",
              "https://localhost:" + grpc.get("corruption"),
              "ROTE_S3_ENDPOINT",
              store.toString());
      assertThat(environment).containsKeys(here.keySet().toArray(String[]::new));
      environment.putAll(here);
      environment.replace("ROTE_WORKFLOW_REPLICAS", "1");
      environment.remove("JAVA_TOOL_OPTIONS");
      environment.put("ROTE_S3_CA", ca.toString());
      environment.put("ROTE_AUDIT_TOPIC", "true");
      environment.put("QUARKUS_HTTP_PORT", String.valueOf(http.get(service)));
      environment.put("QUARKUS_GRPC_SERVER_PORT", String.valueOf(grpc.get(service)));
      services.add(
          ServiceProcess.start(
              ServiceProcess.application(service), folder.resolve(service + ".log"), environment));
    }
    HttpClient probe = HttpClient.newBuilder().sslContext(authority.believer()).build();
    for (int i = 0; i < SERVICES.size(); i++) {
      int port = Objects.requireNonNull(http.get(SERVICES.get(i)));
      services.get(i).await(() -> ready(probe, port), "become ready");
    }
  }

  private static boolean ready(HttpClient probe, int port) {
    URI address = URI.create("https://localhost:" + port + "/q/health/ready");
    try {
      return probe
              .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
              .statusCode()
          == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private SweepsServiceBlockingStub sweeps(Optional<String> key, Tls caller) {
    ManagedChannel channel =
        Channels.open("https://localhost:" + grpc.get("sweeps"), () -> key, caller);
    channels.add(channel);
    return SweepsServiceGrpc.newBlockingStub(channel)
        .withWaitForReady()
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private String submit(Tls caller) throws Exception {
    return sweeps(Optional.of(submitter), caller)
        .submitSweep(
            SubmitSweepRequest.newBuilder()
                .setSweep(SweepFiles.parse(TinySweep.named("production", 31, 2), "test"))
                .build())
        .getSweep()
        .getStatus()
        .getSweepId();
  }

  private void runs(String sweep, Tls caller) {
    List<SweepStatus> seen = new ArrayList<>();
    sweeps(Optional.of(submitter), caller)
        .watchSweep(WatchSweepRequest.newBuilder().setSweep(sweep).build())
        .forEachRemaining(answer -> seen.add(answer.getStatus()));
    SweepStatus last = seen.get(seen.size() - 1);
    assertThat(last.getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(last.getCounts().getDone()).isEqualTo(4);
    for (ServiceProcess service : services) {
      assertThat(service.log()).doesNotContain("AuthorizationException", "ot authorized");
    }
  }

  private KafkaCluster cluster(EncryptedBroker broker, String user) {
    return KafkaCluster.of(
            broker.outside(),
            Optional.of(user),
            Optional.of(
                Objects.requireNonNull(Objects.requireNonNull(secrets.get(user)).get("password"))),
            "SCRAM-SHA-512")
        .encrypted(new KafkaCluster.Tls(Optional.of(ca), Optional.empty(), Optional.empty()));
  }

  private static void publish(KafkaCluster cluster, String config) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            cluster.client(Map.of()), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(CONFIGS, config)).get(20, TimeUnit.SECONDS);
    }
  }

  /**
   * Waits for a record of a topic that is as wanted, as a member of a group that is a pipeline's.
   */
  private static void await(KafkaCluster cluster, String topic, Predicate<String> wanted) {
    try (KafkaConsumer<String, String> consumer =
        consumer(cluster, Map.of("group.id", "pipeline-tests", "auto.offset.reset", "earliest"))) {
      consumer.subscribe(List.of(topic));
      await(consumer, wanted);
    }
  }

  /** The same, in no group. */
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

  private void refusesPlainText(String service) {
    ManagedChannel channel = Channels.open("localhost:" + grpc.get(service), OwnKey.none());
    channels.add(channel);
    assertThat(
            catchThrowableOfType(
                StatusRuntimeException.class,
                () ->
                    HealthGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(20, TimeUnit.SECONDS)
                        .check(HealthCheckRequest.getDefaultInstance())))
        .as(service)
        .satisfies(
            refusal ->
                assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    HttpRequest plain =
        HttpRequest.newBuilder(
                URI.create("http://localhost:" + http.get(service) + "/q/health/live"))
            .build();
    assertThatThrownBy(() -> HttpClient.newHttpClient().send(plain, BodyHandlers.discarding()))
        .as(service)
        .isInstanceOf(IOException.class);
  }

  private void keyless(Tls caller) {
    assertThat(
            catchThrowableOfType(
                StatusRuntimeException.class,
                () ->
                    sweeps(Optional.empty(), caller)
                        .listSweeps(ListSweepsRequest.getDefaultInstance())))
        .satisfies(
            refusal ->
                assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
  }
}
