package dev.rote.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rote.operator.reconcile.SweepReconciler;
import dev.rote.operator.reconcile.TransitionEvents;
import dev.rote.operator.resource.SweepResource;
import dev.rote.operator.resource.SweepResourceStatus;
import dev.rote.operator.resource.SweepResourceStatus.Condition;
import dev.rote.operator.resource.SweepResourceStatus.Phase;
import dev.rote.operator.sweeps.FeedSettings;
import dev.rote.operator.sweeps.SweepFeed;
import dev.rote.operator.sweeps.SweepsApi;
import dev.rote.v1.SweepStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.javaoperatorsdk.operator.Operator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From {@code kubectl apply} to the end, against a CRUD API server and a sweeps service. */
class SweepLifeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String NAMESPACE = "default";
  private static final Path DEMO = Path.of("..", "..", "k8s", "sweeps", "demo.yaml");

  private ApiServerStandIn api;
  private SweepsInProcess sweeps;
  private ManagedChannel channel;
  private KubernetesClient client;
  private Operator operator;

  @BeforeEach
  void start() throws Exception {
    api = new ApiServerStandIn();
    sweeps = new SweepsInProcess();
    client = api.client();
    channel = ManagedChannelBuilder.forAddress("localhost", sweeps.port()).usePlaintext().build();
    startOperator();
  }

  private void startOperator() {
    SweepsApi calls = new SweepsApi(channel, Duration.ofSeconds(5));
    FeedSettings settings =
        new FeedSettings(Duration.ofMillis(50), Duration.ofSeconds(2), Duration.ofMillis(200));
    operator =
        new Operator(
            overrider ->
                overrider
                    .withKubernetesClient(api.client())
                    .checkingCRDAndValidateLocalModel(false));
    operator.register(
        new SweepReconciler(
            calls,
            new SweepFeed(calls, settings, System::nanoTime),
            new TransitionEvents(client, Clock.systemUTC()),
            new SweepReconciler.Settings(
                Duration.ofMillis(200), Duration.ofMillis(200), "s3://rote/")));
    operator.start();
  }

  @AfterEach
  void stop() {
    operator.stop();
    channel.shutdownNow();
    sweeps.close();
    api.close();
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private SweepResource small(String name) {
    return Serialization.unmarshal(
        """
        apiVersion: rote.dev/v1
        kind: Sweep
        metadata: {name: %s, namespace: %s}
        spec:
          trial:
            dataset: {name: strokes, trainSize: 100, validationSize: 50}
            model: {mlp: {hidden: [8]}}
            training: {epochs: 1}
          repetitions: 4
          parallelism: 2
        """
            .formatted(name, NAMESPACE),
        SweepResource.class);
  }

  private SweepResource get(String name) {
    return client.resources(SweepResource.class).inNamespace(NAMESPACE).withName(name).get();
  }

  private void create(SweepResource resource) {
    client.resource(resource).inNamespace(NAMESPACE).create();
  }

  private void change(String name, Consumer<ObjectNode> change) {
    SweepResource resource = get(name);
    change.accept(resource.getSpec());
    resource.getMetadata().setManagedFields(null);
    client.resource(resource).update();
  }

  private SweepResourceStatus awaitStatus(
      String name, String what, Predicate<SweepResourceStatus> condition) {
    await(
        name + " " + what,
        () -> {
          SweepResource now = get(name);
          return now != null && now.getStatus() != null && condition.test(now.getStatus());
        });
    return get(name).getStatus();
  }

  private SweepResourceStatus awaitPhase(String name, Phase phase) {
    return awaitStatus(name, "becomes " + phase, status -> status.phase() == phase);
  }

  private static Condition condition(SweepResourceStatus status, String type) {
    return status.condition(type).orElseThrow();
  }

  private List<String> events(String name) {
    return client.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getName().equals(name))
        .map(Event::getReason)
        .toList();
  }

  @Test
  void shouldDriveTheDemoFromApplyToCompleteWhenItIsApplied() throws Exception {
    create(Serialization.unmarshal(Files.readString(DEMO), SweepResource.class));
    SweepResourceStatus running = awaitPhase("demo", Phase.Running);
    assertThat(running.trials()).isEqualTo("0/60");
    assertThat(running.observedGeneration()).isEqualTo(get("demo").getMetadata().getGeneration());
    assertThat(get("demo").getMetadata().getFinalizers()).containsExactly("rote.dev/sweep");
    Condition admitted = condition(running, "Admitted");
    assertThat(admitted.status()).isEqualTo("True");
    while (sweeps.work(true)) {}
    SweepResourceStatus done = awaitPhase("demo", Phase.Completed);
    assertThat(done.trials()).isEqualTo("60/60");
    assertThat(Objects.requireNonNull(done.progress()).percent()).isEqualTo(100);
    assertThat(done.reportUri()).isEqualTo("s3://rote/sweeps/" + done.sweepId() + "/report/");
    assertThat(condition(done, "Complete").status()).isEqualTo("True");
    assertThat(condition(done, "Running").status()).isEqualTo("False");
    assertThat(condition(done, "Admitted")).isEqualTo(admitted);
    assertThat(events("demo")).contains("Admitted", "Running", "Completed").doesNotHaveDuplicates();
  }

  @Test
  void shouldSayWhatIsWrongWhenTheDoorRefuses() {
    SweepResource bad = small("bad");
    ((ObjectNode) bad.getSpec().get("trial")).putObject("optimizer").put("learningRate", -1);
    create(bad);
    SweepResourceStatus refused = awaitPhase("bad", Phase.Refused);
    Condition admitted = condition(refused, "Admitted");
    assertThat(admitted.status()).isEqualTo("False");
    assertThat(admitted.message()).contains("spec.trial.optimizer.learningRate", "-1");
    assertThat(refused.sweepId()).isNull();
    await("a warning", () -> events("bad").contains("Refused"));
    assertThat(sweeps.submits).hasValue(1);
    client.resource(get("bad")).delete();
    await("it goes", () -> get("bad") == null);
  }

  @Test
  void shouldSteerTheSweepWhenItsSpecIsEdited() {
    create(small("s"));
    awaitPhase("s", Phase.Running);
    change("s", spec -> spec.put("suspend", true));
    SweepResourceStatus paused = awaitPhase("s", Phase.Paused);
    assertThat(condition(paused, "Running").status()).isEqualTo("False");
    change("s", spec -> spec.remove("suspend"));
    awaitPhase("s", Phase.Running);
    change("s", spec -> spec.put("parallelism", 4));
    await("more trials run", () -> sweeps.status("s").getCounts().getRunning() == 4);
    awaitStatus(
        "s", "is counted", status -> Objects.requireNonNull(status.counts()).running() == 4);
    assertThatThrownBy(() -> change("s", spec -> spec.put("repetitions", 9)))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("cannot change");
  }

  @Test
  void shouldRetryWhatFailedWhenRetryFailedIsRaised() {
    create(small("s"));
    awaitPhase("s", Phase.Running);
    change("s", spec -> spec.put("retryFailed", 1));
    awaitStatus("s", "is handed in", status -> status.observedGeneration() == 2);
    assertThat(sweeps.work(true)).isTrue();
    while (sweeps.status("s").getPhase() == SweepStatus.Phase.RUNNING && sweeps.work(false)) {}
    /* Raised while it ran: tried again as soon as it has ended. */
    awaitStatus("s", "is retried", status -> Objects.equals(status.retries(), 1L));
    while (sweeps.work(true)) {}
    SweepResourceStatus done = awaitPhase("s", Phase.Completed);
    assertThat(Objects.requireNonNull(done.counts()).failed()).isZero();
    assertThat(condition(done, "Failed").status()).isEqualTo("False");
  }

  @Test
  void shouldCancelOrKeepTheSweepWhenItsResourceIsDeleted() {
    SweepResource kept = small("kept");
    kept.getSpec().put("deletionPolicy", "RETAIN");
    create(kept);
    create(small("dropped"));
    awaitPhase("kept", Phase.Running);
    awaitPhase("dropped", Phase.Running);
    sweeps.down = true;
    client.resource(get("dropped")).delete();
    client.resource(get("kept")).delete();
    await("kept goes", () -> get("kept") == null);
    assertThat(get("dropped")).as("waits for its sweep to be cancelled").isNotNull();
    sweeps.down = false;
    await("dropped goes", () -> get("dropped") == null);
    assertThat(sweeps.status("dropped").getPhase()).isEqualTo(SweepStatus.Phase.CANCELLED);
    assertThat(sweeps.status("kept").getPhase()).isEqualTo(SweepStatus.Phase.RUNNING);
  }

  @Test
  void shouldWaitWhenTheServiceIsDownAndGoOnWhenItIsBack() {
    sweeps.down = true;
    create(small("s"));
    SweepResourceStatus waiting = awaitPhase("s", Phase.Pending);
    assertThat(condition(waiting, "Admitted").status()).isEqualTo("Unknown");
    assertThat(condition(waiting, "Admitted").reason()).isEqualTo("SweepsUnavailable");
    sweeps.down = false;
    awaitPhase("s", Phase.Running);
  }

  @Test
  void shouldWriteNothingWhenNothingChanges() throws InterruptedException {
    int many = 200;
    for (int i = 0; i < many; i++) {
      create(small("s" + i));
    }
    await(
        "all are handed in",
        () ->
            client.resources(SweepResource.class).inNamespace(NAMESPACE).list().getItems().stream()
                .allMatch(s -> s.getStatus() != null && s.getStatus().phase() == Phase.Running));
    assertThat(sweeps.submits).hasValue(many);
    /* One write each to admit; a few more where a shared trial's progress was told meanwhile. */
    assertThat(api.statusWrites.get()).isBetween(many, 2 * many);
    Thread.sleep(1_000);
    int writes = api.statusWrites.get() + api.otherWrites.get();
    int submits = sweeps.submits.get();
    int lists = sweeps.lists.get();
    Thread.sleep(3_000);
    assertThat(api.statusWrites.get() + api.otherWrites.get()).isEqualTo(writes);
    assertThat(sweeps.submits.get()).isEqualTo(submits);
    /* One page for all of them every 50 ms here. */
    assertThat(sweeps.lists.get() - lists).isLessThanOrEqualTo(61);
    operator.stop();
    startOperator();
    Thread.sleep(2_000);
    assertThat(sweeps.submits.get()).as("a new operator hands nothing in again").isEqualTo(submits);
    assertThat(api.statusWrites.get() + api.otherWrites.get()).isEqualTo(writes);
  }
}
