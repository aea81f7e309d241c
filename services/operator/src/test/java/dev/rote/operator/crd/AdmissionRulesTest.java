package dev.rote.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the committed definition lets through. */
class AdmissionRulesTest {
  private static final Path SWEEPS = Path.of("..", "..", "k8s", "sweeps");
  private static final String SWEEP =
      """
      apiVersion: rote.dev/v1
      kind: Sweep
      metadata: {name: s, namespace: default}
      spec:
        trial:
          dataset: {name: strokes, trainSize: 100}
          model: {mlp: {hidden: [8]}}
        axes:
        - name: level
          field: corruption.labels.level
          values: [0.2, 0.4, "x", true]
        - name: data
          points:
          - label: real
          - label: randY
            set: {corruption: {labels: {rule: RANDOM}, seed: "18446744073709551615"}}
        repetitions: 3
        parallelism: 4
        retryFailed: 2
      """;
  private static AdmissionRules rules;

  @BeforeAll
  static void read() throws IOException {
    rules = AdmissionRules.ofSweeps();
  }

  /** Who judges. */
  AdmissionGate gate() {
    return rules;
  }

  private static Map<String, Object> sweep(String text) {
    return ClusterYaml.reader().load(text);
  }

  private List<String> creating(String from, String to) {
    assertThat(SWEEP).contains(from);
    return gate().violations(sweep(SWEEP.replace(from, to)), null);
  }

  private List<String> changing(String from, String to) {
    assertThat(SWEEP).contains(from);
    return gate().violations(sweep(SWEEP.replace(from, to)), sweep(SWEEP));
  }

  @Test
  void create_everySweepThatIsShipped_isAccepted() throws IOException {
    assertThat(gate().violations(sweep(SWEEP), null)).isEmpty();
    try (Stream<Path> files = Files.walk(SWEEPS)) {
      List<Path> sweeps = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertThat(sweeps).hasSizeGreaterThan(20);
      for (Path file : sweeps) {
        assertThat(gate().violations(sweep(Files.readString(file)), null)).as("%s", file).isEmpty();
      }
    }
  }

  /* Kubernetes reads YAML 1.1. */
  @Test
  void create_bareYAsAKey_isRefused() {
    String figure =
        """
        repetitions: 3
          figures:
          - name: f
            panels:
            - tradeoff: {x: {}, "y": {}, families: [{name: a, labels: [real]}]}
        """
            .strip();
    assertThat(creating("repetitions: 3", figure)).isEmpty();
    assertThat(creating("repetitions: 3", figure.replace("\"y\"", "y")))
        .singleElement()
        .asString()
        .contains("true");
  }

  @Test
  void create_whatTheSchemaDoesNotKnow_isRefused() {
    assertThat(creating("repetitions: 3", "repititions: 3"))
        .singleElement()
        .asString()
        .contains("repititions");
    assertThat(creating("rule: RANDOM", "rule: SOMETIMES")).isNotEmpty();
    assertThat(creating("rule: RANDOM", "rule: UNSPECIFIED")).isNotEmpty();
    assertThat(creating("trainSize: 100", "trainSize: many")).isNotEmpty();
    assertThat(creating("trainSize: 100", "trainSize: -1")).isNotEmpty();
    assertThat(creating("parallelism: 4", "parallelism: 0")).isNotEmpty();
    assertThat(creating("18446744073709551615", "-5")).isNotEmpty();
    assertThat(creating("hidden: [8]", "hidden: " + "1,".repeat(33).replaceAll("(.*),", "[$1]")))
        .isNotEmpty();
  }

  @Test
  void create_twoOfWhatExcludesItself_isRefused() {
    String model =
        "model: must have at most one of mlp, cnn, graph, resnet, plainCnn, vgg, alexnetSmall,"
            + " inceptionSmall";
    assertThat(creating("{mlp: {hidden: [8]}}", "{mlp: {hidden: [8]}, cnn: {}}"))
        .containsExactly(".spec.trial." + model);
    assertThat(creating("- label: real", "- {label: real, set: {model: {mlp: {}, cnn: {}}}}"))
        .containsExactly(".spec.axes[1].points[0].set." + model);
    String nodes = "- {label: real, set: {model: {graph: {nodes: [{name: a, %s}]}}}}";
    assertThat(creating("- label: real", nodes.formatted("relu: {}"))).isEmpty();
    assertThat(creating("- label: real", nodes.formatted("input: x"))).hasSize(1);
    assertThat(creating("- label: real", nodes.formatted("relu: {}, gelu: {}"))).isNotEmpty();
    assertThat(creating("    points:", "    field: trial.seed\n    points:"))
        .containsExactly(".spec.axes[1]: must have points, or field and values");
  }

  @Test
  void create_nameThatIsNoName_isRefused() {
    assertThat(creating("name: s,", "name: " + "s".repeat(54) + ",")).hasSize(1);
    assertThat(creating("name: s,", "name: a.b,")).hasSize(1);
    assertThat(creating("name: s,", "name: " + "s".repeat(53) + ",")).isEmpty();
  }

  @Test
  void change_whatTheSweepIs_isRefused() {
    String says = "says what the sweep is and cannot change: declare a sweep of another name";
    assertThat(changing("0.4", "0.6")).containsExactly(".spec.axes: " + says);
    assertThat(changing("trainSize: 100", "trainSize: 101"))
        .containsExactly(".spec.trial: " + says);
    assertThat(changing("repetitions: 3", "repetitions: 4"))
        .containsExactly(".spec.repetitions: " + says);
    assertThat(changing("repetitions: 3", "description: new"))
        .containsExactlyInAnyOrder(".spec.repetitions: " + says, ".spec.description: " + says);
  }

  @Test
  void change_whatSteersTheSweep_isAccepted() {
    assertThat(changing("parallelism: 4", "parallelism: 8")).isEmpty();
    assertThat(changing("parallelism: 4", "suspend: true")).isEmpty();
    assertThat(changing("parallelism: 4", "failureBudget: {failedTrials: 3}")).isEmpty();
    assertThat(changing("parallelism: 4", "deletionPolicy: RETAIN")).isEmpty();
    assertThat(changing("retryFailed: 2", "retryFailed: 3")).isEmpty();
  }

  @Test
  void change_retryFailedDownwards_isRefused() {
    String says =
        ".spec.retryFailed: can only be raised: each higher number tries the failed"
            + " trials once more";
    assertThat(changing("retryFailed: 2", "retryFailed: 1")).containsExactly(says);
    assertThat(changing("retryFailed: 2", "suspend: false")).containsExactly(says);
  }
}
