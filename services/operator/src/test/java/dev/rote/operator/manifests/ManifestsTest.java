package dev.rote.operator.manifests;

import static dev.rote.operator.manifests.Manifests.at;
import static dev.rote.operator.manifests.Manifests.list;
import static dev.rote.operator.manifests.Manifests.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every manifest is read strictly, and every overlay is built. */
class ManifestsTest {
  private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet");

  private static void strict(List<Map<String, Object>> documents) throws Exception {
    ManifestSchemas schemas = new ManifestSchemas();
    List<String> violations = new ArrayList<>();
    for (Map<String, Object> document : documents) {
      for (String violation : schemas.violations(document)) {
        violations.add(text(document, "metadata", "name") + ": " + violation);
      }
    }
    assertThat(violations).isEmpty();
  }

  private static List<Map<String, Object>> workloads(List<Map<String, Object>> documents) {
    return documents.stream()
        .filter(document -> WORKLOADS.contains(text(document, "kind")))
        .toList();
  }

  private static Set<String> names(List<Map<String, Object>> documents, String kind) {
    return documents.stream()
        .filter(document -> text(document, "kind").equals(kind))
        .map(document -> text(document, "metadata", "name"))
        .collect(Collectors.toSet());
  }

  @Test
  void schemas_wrongManifests_areRefused() throws Exception {
    ManifestSchemas schemas = new ManifestSchemas();
    String good = Files.readString(Manifests.K8S.resolve("base/trainer/deployment.yaml"));
    for (String bad :
        List.of(
            good.replace("readOnlyRootFilesystem", "readOnlyRootFileSystem"),
            good.replace("replicas: 1", "replicas: one"),
            good.replace("startupProbe", "startUpProbe"),
            good.replace("kind: Deployment", "kind: Deploymint"))) {
      assertThat(bad).isNotEqualTo(good);
      assertThat(schemas.violations(Manifests.documents(bad).get(0))).hasSize(1);
    }
  }

  @Test
  void files_everyOne_parsesStrictly() throws Exception {
    List<Map<String, Object>> documents = new ArrayList<>();
    for (Path file : Manifests.files()) {
      documents.addAll(Manifests.documents(Files.readString(file)));
    }
    assertThat(documents).hasSizeGreaterThan(60);
    strict(documents);
  }

  /** It asks hosts that users name: what only a cluster's own network reaches is not for them. */
  @Test
  void corruption_reachesNoPrivateAddress() throws Exception {
    int blocks = 0;
    for (Path file : Manifests.files()) {
      for (Map<String, Object> document : Manifests.documents(Files.readString(file))) {
        if (!text(document, "kind").equals("NetworkPolicy")
            || !text(document, "spec", "podSelector").contains("corruption")) {
          continue;
        }
        for (Map<String, Object> rule : list(document, "spec", "egress")) {
          for (Map<String, Object> to : list(rule, "to")) {
            if (to.containsKey("ipBlock")) {
              blocks++;
              assertThat(text(to, "ipBlock", "except"))
                  .as(text(document, "metadata", "name"))
                  .contains(
                      "10.0.0.0/8",
                      "100.64.0.0/10",
                      "172.16.0.0/12",
                      "192.168.0.0/16",
                      "169.254.0.0/16");
            }
          }
        }
      }
    }
    assertThat(blocks).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu", "spot", "production"})
  void overlay_built_isStrictAndRestricted(String name) throws Exception {
    List<Map<String, Object>> made =
        Manifests.overlay(Manifests.K8S.resolve("overlays").resolve(name));
    strict(made);
    assertThat(names(made, "Deployment"))
        .containsExactlyInAnyOrder("operator", "sweeps", "corruption", "trainer", "metrics");
    assertThat(names(made, "NetworkPolicy")).contains("default-deny", "dns", "to-stores");
    assertThat(names(made, "CustomResourceDefinition")).containsExactly("sweeps.rote.dev");
    assertThat(names(made, "PodDisruptionBudget"))
        .containsExactlyInAnyOrder("sweeps", "corruption", "trainer", "metrics");
    for (Map<String, Object> workload : workloads(made)) {
      restricted(workload);
    }
  }

  private static void restricted(Map<String, Object> workload) {
    String name = text(workload, "metadata", "name");
    Object pod = at(workload, "spec", "template", "spec");
    assertThat(pod).isNotNull();
    assertThat(text(pod, "automountServiceAccountToken"))
        .as(name)
        .isEqualTo(Boolean.toString(name.equals("operator")));
    assertThat(text(pod, "securityContext", "runAsNonRoot")).as(name).isEqualTo("true");
    assertThat(text(pod, "securityContext", "seccompProfile", "type")).isEqualTo("RuntimeDefault");
    for (Map<String, Object> container : list(pod, "containers")) {
      assertThat(text(container, "securityContext", "readOnlyRootFilesystem")).isEqualTo("true");
      assertThat(text(container, "securityContext", "allowPrivilegeEscalation")).isEqualTo("false");
      assertThat(text(container, "securityContext", "capabilities", "drop")).isEqualTo("[ALL]");
      assertThat(at(container, "readinessProbe")).as(name).isNotNull();
      assertThat(at(container, "livenessProbe")).as(name).isNotNull();
      assertThat(at(container, "startupProbe")).as(name).isNotNull();
      assertThat(at(container, "resources", "requests", "memory")).as(name).isNotNull();
      assertThat(at(container, "resources", "requests", "cpu")).as(name).isNotNull();
      assertThat(text(container, "image")).as(name).matches("rote/[a-z-]+:[0-9.]+(-cuda)?");
      long grace = seconds(container, "ROTE_" + name.toUpperCase(java.util.Locale.ROOT) + "_GRACE");
      assertThat(Long.parseLong(text(pod, "terminationGracePeriodSeconds")))
          .as("%s is killed only after its checkpoints are written", name)
          .isGreaterThan(grace + 5);
    }
  }

  private static long seconds(Map<String, Object> container, String variable) {
    return list(container, "env").stream()
        .filter(entry -> text(entry, "name").equals(variable))
        .mapToLong(entry -> Long.parseLong(text(entry, "value").replace("s", "")))
        .findFirst()
        .orElse(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "spot"})
  void overlay_withGpus_usesTheirImagesAndAsksForOne(String name) throws Exception {
    List<Map<String, Object>> made =
        Manifests.overlay(Manifests.K8S.resolve("overlays").resolve(name));
    for (Map<String, Object> workload : workloads(made)) {
      Map<String, Object> container =
          list(workload, "spec", "template", "spec", "containers").get(0);
      String of = text(workload, "metadata", "name");
      boolean gpu = of.equals("trainer") || of.equals("metrics");
      assertThat(text(container, "image").endsWith("-cuda")).as(of).isEqualTo(gpu);
      assertThat(at(container, "resources", "limits", "nvidia.com/gpu") != null)
          .as(of)
          .isEqualTo(gpu);
    }
  }

  /** All that is rendered says so: no address, port or probe of production is in plain text. */
  @Test
  void overlay_ofProduction_refusesPlainText() throws Exception {
    List<Map<String, Object>> made =
        Manifests.overlay(Manifests.K8S.resolve("overlays/production"));
    Map<String, Object> settings =
        made.stream()
            .filter(d -> text(d, "kind").equals("ConfigMap"))
            .filter(d -> text(d, "metadata", "name").equals("rote"))
            .findFirst()
            .orElseThrow();
    Map<String, Object> data = Manifests.map(at(settings, "data"));
    for (String address : List.of("ROTE_SWEEPS", "ROTE_CORRUPTION", "ROTE_S3_ENDPOINT")) {
      assertThat(text(data, address)).as(address).startsWith("https://");
    }
    assertThat(data)
        .containsEntry("ROTE_KAFKA_TLS_ON", "true")
        .containsEntry("ROTE_KAFKA_MECHANISM", "SCRAM-SHA-512")
        .doesNotContainKey("ROTE_ACCESS_ANONYMOUS");
    assertThat(data).containsKeys("ROTE_TLS_CERTIFICATE", "ROTE_TLS_KEY", "ROTE_TLS_CA");
    assertThat(made.toString()).doesNotContain("http://");
    for (Map<String, Object> workload : workloads(made)) {
      String name = text(workload, "metadata", "name");
      Map<String, Object> container =
          list(workload, "spec", "template", "spec", "containers").get(0);
      for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
        assertThat(text(container, probe, "httpGet", "scheme")).as(name).isEqualTo("HTTPS");
      }
      assertThat(text(workload, "spec", "template", "spec", "volumes"))
          .as(name)
          .contains("secretName=" + name + "-tls", "secretName=rote-access");
      if (!name.equals("operator")) {
        assertThat(container.toString()).contains("rote-object-store-" + name);
        assertThat(names(made, "KafkaUser")).contains("rote-" + name);
      }
      assertThat(names(made, "Certificate")).contains(name + "-tls");
    }
    for (Map<String, Object> kafka : made) {
      if (text(kafka, "kind").equals("Kafka")) {
        assertThat(list(kafka, "spec", "kafka", "listeners"))
            .isNotEmpty()
            .allSatisfy(listener -> assertThat(text(listener, "tls")).isEqualTo("true"))
            .allSatisfy(
                listener ->
                    assertThat(text(listener, "authentication", "type")).isEqualTo("scram-sha-512"))
            .allSatisfy(listener -> assertThat(list(listener, "networkPolicyPeers")).hasSize(2));
        assertThat(text(kafka, "spec", "kafka", "authorization", "type")).isEqualTo("simple");
      }
      if (text(kafka, "kind").equals("ServiceMonitor")) {
        assertThat(list(kafka, "spec", "endpoints"))
            .allSatisfy(endpoint -> assertThat(text(endpoint, "scheme")).isEqualTo("https"));
      }
    }
  }

  /** What Strimzi makes must pass the namespace, too, and its own defaults do not. */
  @Test
  void pods_ofKafka_areRestrictedAsTheNamespaceAsks() throws Exception {
    Map<String, Object> kafka =
        Manifests.documents(
                Files.readString(Manifests.K8S.resolve("overlays/production/kafka.yaml")))
            .stream()
            .filter(document -> text(document, "kind").equals("Kafka"))
            .findFirst()
            .orElseThrow();
    Map<String, List<String>> containers =
        Map.of(
            "kafka",
            List.of("kafkaContainer"),
            "entityOperator",
            List.of("topicOperatorContainer", "userOperatorContainer"));
    containers.forEach(
        (part, names) -> {
          Map<String, Object> template = Manifests.map(at(kafka, "spec", part, "template"));
          assertThat(text(template, "pod", "securityContext", "runAsNonRoot")).isEqualTo("true");
          assertThat(text(template, "pod", "securityContext", "seccompProfile", "type"))
              .isEqualTo("RuntimeDefault");
          for (String name : names) {
            assertThat(text(template, name, "securityContext", "allowPrivilegeEscalation"))
                .as(name)
                .isEqualTo("false");
            assertThat(text(template, name, "securityContext", "capabilities", "drop"))
                .as(name)
                .isEqualTo("[ALL]");
          }
        });
  }

  /** Workers write the log to report, and neither read it nor touch another kind of work. */
  @Test
  void users_ofWorkers_mayNoMoreThanTheirWorkNeeds() throws Exception {
    for (Map<String, Object> user :
        Manifests.documents(
            Files.readString(Manifests.K8S.resolve("overlays/production/users.yaml")))) {
      String name = text(user, "metadata", "name");
      if (Set.of("rote-corruption", "rote-trainer", "rote-metrics").contains(name)) {
        List<Map<String, Object>> rules = list(user, "spec", "authorization", "acls");
        assertThat(rules)
            .noneSatisfy(rule -> assertThat(text(rule, "operations")).contains("All"))
            .noneSatisfy(
                rule -> assertThat(text(rule, "resource", "patternType")).isEqualTo("prefix"))
            .anySatisfy(
                rule -> {
                  assertThat(text(rule, "resource", "name")).isEqualTo("rote.workflow");
                  assertThat(text(rule, "operations")).isEqualTo("[Write, Describe]");
                });
        assertThat(rules)
            .filteredOn(rule -> text(rule, "resource", "name").startsWith("rote.work."))
            .hasSize(1);
      }
    }
  }

  /** The overlay of one node with components, in their order. */
  private static List<Map<String, Object>> withComponents(String... components) throws Exception {
    Path directory = Files.createTempDirectory(Path.of("target"), "overlay");
    Path up = directory.toAbsolutePath().relativize(Manifests.K8S.toAbsolutePath().normalize());
    StringBuilder kustomization =
        new StringBuilder(
            """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            namespace: rote
            resources: [%s/overlays/cpu]
            components:
            """
                .formatted(up));
    for (String component : components) {
      kustomization.append("- %s/components/%s\n".formatted(up, component));
    }
    Files.writeString(directory.resolve("kustomization.yaml"), kustomization);
    return Manifests.overlay(directory);
  }

  /** In the order that docs/kubernetes.md names. */
  @ParameterizedTest
  @ValueSource(strings = {"keda", "hpa"})
  void components_securedLast_haveMetersReadByTlsAlone(String scaler) throws Exception {
    List<Map<String, Object>> made = withComponents("prometheus", scaler, "secure");
    strict(made);
    List<Map<String, Object>> monitors =
        made.stream().filter(d -> text(d, "kind").equals("ServiceMonitor")).toList();
    assertThat(monitors)
        .hasSize(5)
        .allSatisfy(
            monitor ->
                assertThat(list(monitor, "spec", "endpoints"))
                    .allSatisfy(e -> assertThat(text(e, "scheme")).isEqualTo("https")));
    for (Map<String, Object> scaled : made) {
      if (text(scaled, "kind").equals("ScaledObject")) {
        Map<String, Object> trigger = list(scaled, "spec", "triggers").get(0);
        assertThat(text(trigger, "metadata", "url")).startsWith("https://");
        assertThat(names(made, "TriggerAuthentication"))
            .contains(text(trigger, "authenticationRef", "name"));
      }
    }
  }

  @Test
  void components_scalers_buildOnTheCpuOverlay() throws Exception {
    for (String component : List.of("keda", "hpa", "prometheus")) {
      List<Map<String, Object>> made = withComponents(component);
      strict(made);
      if (!component.equals("prometheus")) {
        assertThat(
                names(made, component.equals("keda") ? "ScaledObject" : "HorizontalPodAutoscaler"))
            .containsExactlyInAnyOrder("trainer", "metrics");
        assertThat(workloads(made))
            .filteredOn(w -> Set.of("trainer", "metrics").contains(text(w, "metadata", "name")))
            .allSatisfy(w -> assertThat(at(w, "spec", "replicas")).isNull());
      }
    }
  }

  @Test
  void operator_role_isTheLeastItNeeds() throws Exception {
    List<Map<String, Object>> documents =
        Manifests.documents(Files.readString(Manifests.K8S.resolve("base/operator/rbac.yaml")));
    Map<String, Object> role =
        documents.stream()
            .filter(d -> text(d, "kind").equals("ClusterRole"))
            .filter(d -> text(d, "metadata", "name").equals("rote-operator"))
            .findFirst()
            .orElseThrow();
    assertThat(list(role, "rules"))
        .noneSatisfy(rule -> assertThat(text(rule, "verbs")).contains("*"))
        .noneSatisfy(rule -> assertThat(text(rule, "resources")).contains("secrets"));
  }
}
