package dev.rote.operator.cluster;

import static dev.rote.operator.cluster.OperatorBench.NAMESPACE;
import static dev.rote.operator.cluster.OperatorBench.await;
import static dev.rote.operator.cluster.OperatorBench.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rote.operator.resource.SweepResource;
import dev.rote.operator.resource.SweepResourceStatus;
import dev.rote.operator.resource.SweepResourceStatus.Condition;
import dev.rote.operator.resource.SweepResourceStatus.Phase;
import dev.rote.spec.SweepFiles;
import dev.rote.v1.SweepStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From {@code kubectl apply} to the end, against a CRUD API server and a sweeps service. */
class SweepLifeTest {
  private static final Path DEMO = Path.of("..", "..", "k8s", "sweeps", "demo.yaml");

  private OperatorBench bench;
  private SweepsInProcess sweeps;
  private KubernetesClient client;

  @BeforeEach
  void start() throws Exception {
    bench = new OperatorBench(server());
    sweeps = bench.sweeps();
    client = bench.client();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  ApiServer server() throws Exception {
    return new ApiServerStandIn();
  }

  private void change(String name, Consumer<ObjectNode> change) {
    await(
        "the change of " + name + " hits no other",
        () -> {
          SweepResource resource = bench.get(name);
          change.accept(resource.getSpec());
          resource.getMetadata().setManagedFields(null);
          try {
            client.resource(resource).update();
            return true;
          } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
              return false;
            }
            throw e;
          }
        });
  }

  private SweepResourceStatus awaitStatus(
      String name, String what, Predicate<SweepResourceStatus> condition) {
    await(
        name + " " + what,
        () -> {
          SweepResource now = bench.get(name);
          return now != null && now.getStatus() != null && condition.test(now.getStatus());
        });
    return bench.get(name).getStatus();
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
    bench.create(Serialization.unmarshal(Files.readString(DEMO), SweepResource.class));
    SweepResourceStatus running = awaitPhase("demo", Phase.Running);
    assertThat(running.trials()).isEqualTo("0/60");
    assertThat(running.observedGeneration())
        .isEqualTo(bench.get("demo").getMetadata().getGeneration());
    assertThat(bench.get("demo").getMetadata().getFinalizers()).containsExactly("rote.dev/sweep");
    Condition admitted = condition(running, "Admitted");
    assertThat(admitted.status()).isEqualTo("True");
    while (sweeps.work(true)) {}
    SweepResourceStatus done = awaitPhase("demo", Phase.Completed);
    assertThat(done.trials()).isEqualTo("60/60");
    assertThat(Objects.requireNonNull(done.progress()).percent()).isEqualTo(100);
    assertThat(done.reportUri()).isEqualTo("s3://studies/sweeps/" + done.sweepId() + "/report/");
    assertThat(done.claims()).isEqualTo("8/10");
    assertThat(done.verdicts()).isEqualTo(new SweepResourceStatus.Verdicts(8, 1, 1, null, null));
    assertThat(condition(done, "Complete").status()).isEqualTo("True");
    assertThat(condition(done, "Running").status()).isEqualTo("False");
    assertThat(condition(done, "Admitted")).isEqualTo(admitted);
    assertThat(events("demo")).contains("Admitted", "Running", "Completed").doesNotHaveDuplicates();
  }

  @Test
  void shouldSayWhatIsWrongWhenTheDoorRefuses() {
    SweepResource bad = small("bad");
    ((ObjectNode) bad.getSpec().get("trial")).putObject("optimizer").put("learningRate", -1);
    bench.create(bad);
    SweepResourceStatus refused = awaitPhase("bad", Phase.Refused);
    Condition admitted = condition(refused, "Admitted");
    assertThat(admitted.status()).isEqualTo("False");
    assertThat(admitted.message()).contains("spec.trial.optimizer.learningRate", "-1");
    assertThat(refused.sweepId()).isNull();
    await("a warning", () -> events("bad").contains("Refused"));
    assertThat(sweeps.submits).hasValue(1);
    client.resource(bench.get("bad")).delete();
    await("it goes", () -> bench.get("bad") == null);
  }

  @Test
  void shouldSteerTheSweepWhenItsSpecIsEdited() {
    bench.create(small("s"));
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
    bench.create(small("s"));
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
    kept.getMetadata().setAnnotations(Map.of("rote.dev/group", "vision", "else", "where"));
    bench.create(kept);
    bench.create(small("dropped"));
    awaitPhase("kept", Phase.Running);
    awaitPhase("dropped", Phase.Running);
    sweeps.down = true;
    client.resource(bench.get("dropped")).delete();
    client.resource(bench.get("kept")).delete();
    await("kept goes", () -> bench.get("kept") == null);
    assertThat(bench.get("dropped")).as("waits for its sweep to be cancelled").isNotNull();
    sweeps.down = false;
    await("dropped goes", () -> bench.get("dropped") == null);
    assertThat(sweeps.status("dropped").getPhase()).isEqualTo(SweepStatus.Phase.CANCELLED);
    assertThat(sweeps.status("kept").getPhase()).isEqualTo(SweepStatus.Phase.RUNNING);
    assertThat(sweeps.names).containsExactlyInAnyOrder("SubmitSweep ada", "CancelSweep ada");
    assertThat(sweeps.groups).containsOnly("vision");
  }

  @Test
  void shouldCancelTheOwnersSweepWhenAStrangersResourceDeclaresItToo() {
    String namespace = NAMESPACE + "-strangers";
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .createOr(NonDeletingOperation::update);
    SweepResource strangers = small("shared");
    strangers.getMetadata().setNamespace(namespace);
    bench.create(small("shared"));
    awaitPhase("shared", Phase.Running);
    client.resource(strangers).create();
    var found = client.resources(SweepResource.class).inNamespace(namespace).withName("shared");
    await("the stranger's hears of it", () -> found.get().getStatus() != null);

    client.resource(bench.get("shared")).delete();

    await("it goes", () -> bench.get("shared") == null);
    assertThat(sweeps.status("shared").getPhase()).isEqualTo(SweepStatus.Phase.CANCELLED);
    assertThat(sweeps.names).contains("CancelSweep ada");
    await("the stranger's says so", () -> found.get().getStatus().phase() == Phase.Cancelled);
    found.delete();
    await("the stranger's goes", () -> found.get() == null);
  }

  /* Its status never said which sweep it is, and the id is of what its files held. */
  @ParameterizedTest
  @CsvSource({"own/x.npz, CANCELLED", "own/y.npz, RUNNING"})
  void shouldCancelTheSweepOfOwnFilesWhenTheOperatorStoppedBeforeItSaidWhich(
      String handedIn, SweepStatus.Phase phase) {
    SweepResource declared = small("own");
    declared
        .getSpec()
        .withObject("/trial/dataset")
        .put("name", "files")
        .withObject("/files/train")
        .put("path", "own/x.npz");
    declared.getMetadata().setFinalizers(List.of("rote.dev/sweep"));
    bench.replaceOperator(
        () -> {
          bench.create(declared);
          bench.submit(
              SweepFiles.parse(
                  """
                  apiVersion: rote.dev/v1
                  kind: Sweep
                  metadata: {name: own}
                  spec:
                    trial:
                      dataset:
                        name: files
                        trainSize: 100
                        validationSize: 50
                        files: {train: {path: %s}}
                      model: {mlp: {hidden: [8]}}
                      training: {epochs: 1}
                    repetitions: 4
                    parallelism: 2
                  """
                      .formatted(handedIn),
                  "test"));
          client.resource(bench.get("own")).delete();
        });
    await("own goes", () -> bench.get("own") == null);
    assertThat(sweeps.status("own").getPhase()).isEqualTo(phase);
  }

  @Test
  void shouldWaitWhenTheServiceIsDownAndGoOnWhenItIsBack() {
    sweeps.down = true;
    bench.create(small("s"));
    SweepResourceStatus waiting = awaitPhase("s", Phase.Pending);
    assertThat(condition(waiting, "Admitted").status()).isEqualTo("Unknown");
    assertThat(condition(waiting, "Admitted").reason()).isEqualTo("SweepsUnavailable");
    sweeps.down = false;
    awaitPhase("s", Phase.Running);
  }
}
