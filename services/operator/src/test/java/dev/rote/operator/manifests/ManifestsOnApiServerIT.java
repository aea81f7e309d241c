package dev.rote.operator.manifests;

import static dev.rote.operator.manifests.Manifests.at;
import static dev.rote.operator.manifests.Manifests.list;
import static dev.rote.operator.manifests.Manifests.map;
import static dev.rote.operator.manifests.Manifests.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rote.operator.cluster.OnRealApiServer;
import dev.rote.operator.cluster.RealApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real API server takes what every overlay makes, and its own admission of pods lets the pods in.
 * Kinds of other operators are judged where their definitions are installed.
 */
@OnRealApiServer
class ManifestsOnApiServerIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAMESPACE = "rote-tests-manifests";
  private static final Set<String> FOREIGN =
      Set.of("cert-manager.io", "kafka.strimzi.io", "keda.sh", "monitoring.coreos.com");

  private static RealApiServer server;
  private static KubernetesClient client;

  @BeforeAll
  static void open() throws Exception {
    server = RealApiServer.open();
    client = server.client();
    Map<String, Object> namespace =
        Manifests.overlay(Manifests.K8S.resolve("overlays/production")).stream()
            .filter(document -> text(document, "kind").equals("Namespace"))
            .findFirst()
            .orElseThrow();
    map(at(namespace, "metadata")).put("name", NAMESPACE);
    client.resource(resource(namespace)).forceConflicts().serverSideApply();
    /* Pods ask for them, and without controllers nobody makes the first. */
    for (String name : List.of("default", "operator")) {
      client
          .resource(
              new ServiceAccountBuilder()
                  .withNewMetadata()
                  .withName(name)
                  .withNamespace(NAMESPACE)
                  .endMetadata()
                  .build())
          .forceConflicts()
          .serverSideApply();
    }
  }

  @AfterAll
  static void close() {
    client.close();
    server.close();
  }

  private static GenericKubernetesResource resource(Map<String, Object> document) {
    return JSON.convertValue(document, GenericKubernetesResource.class);
  }

  private static List<GenericKubernetesResource> made(String overlay) throws Exception {
    List<GenericKubernetesResource> resources = new ArrayList<>();
    for (Map<String, Object> document :
        Manifests.overlay(Manifests.K8S.resolve("overlays").resolve(overlay))) {
      GenericKubernetesResource resource = resource(document);
      if (resource.getMetadata().getNamespace() != null) {
        resource.getMetadata().setNamespace(NAMESPACE);
      }
      resources.add(resource);
    }
    return resources;
  }

  private static String group(GenericKubernetesResource resource) {
    String version = resource.getApiVersion();
    return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
  }

  /** What the server says against resources, which stay as they are. */
  private static List<String> refusals(List<GenericKubernetesResource> resources) {
    List<String> refusals = new ArrayList<>();
    for (GenericKubernetesResource resource : resources) {
      try {
        client
            .resource(resource)
            .dryRun()
            .fieldValidation(Validation.STRICT)
            .forceConflicts()
            .serverSideApply();
      } catch (KubernetesClientException e) {
        refusals.add(
            "%s %s: %s"
                .formatted(
                    resource.getKind(),
                    resource.getMetadata().getName(),
                    e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage()));
      }
    }
    return refusals;
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu", "spot", "production"})
  void shouldTakeAllOfAnOverlayThatKubernetesItselfKnows(String overlay) throws Exception {
    List<GenericKubernetesResource> own =
        made(overlay).stream().filter(resource -> !FOREIGN.contains(group(resource))).toList();

    assertThat(own).hasSizeGreaterThan(20);
    assertThat(refusals(own)).isEmpty();
  }

  /** A pod as a workload's controller makes it, with scratch in place of claimed volumes. */
  private static GenericKubernetesResource pod(GenericKubernetesResource workload) {
    GenericKubernetesResource pod =
        JSON.convertValue(map(workload.get("spec", "template")), GenericKubernetesResource.class);
    pod.setApiVersion("v1");
    pod.setKind("Pod");
    pod.setMetadata(
        new ObjectMetaBuilder(pod.getMetadata())
            .withName(workload.getMetadata().getName())
            .withNamespace(NAMESPACE)
            .build());
    Map<String, Object> spec = map(pod.get("spec"));
    List<Object> volumes = new ArrayList<>(list(spec, "volumes"));
    for (Map<String, Object> claim : list(workload.get("spec"), "volumeClaimTemplates")) {
      volumes.add(Map.of("name", text(claim, "metadata", "name"), "emptyDir", Map.of()));
    }
    spec.put("volumes", volumes);
    return pod;
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu", "spot", "production"})
  void shouldLetInThePodsOfAnOverlayWhereTheRestrictedStandardIsEnforced(String overlay)
      throws Exception {
    List<GenericKubernetesResource> pods = new ArrayList<>();
    for (GenericKubernetesResource workload : made(overlay)) {
      if (Set.of("Deployment", "StatefulSet").contains(workload.getKind())) {
        pods.add(pod(workload));
      }
    }

    assertThat(pods).hasSizeGreaterThanOrEqualTo(5);
    assertThat(refusals(pods)).isEmpty();
    Map<String, Object> container = map(pods.get(0).get("spec", "containers", 0));
    map(container.get("securityContext")).put("allowPrivilegeEscalation", true);
    assertThat(refusals(pods.subList(0, 1)))
        .singleElement()
        .asString()
        .contains("violates PodSecurity");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cert-manager.io", "kafka.strimzi.io", "keda.sh", "monitoring.coreos.com"})
  void shouldTakeTheKindsOfAnotherOperatorInTheOverlayOfProduction(String group) throws Exception {
    List<GenericKubernetesResource> foreign =
        made("production").stream().filter(resource -> group(resource).equals(group)).toList();
    Set<String> versions = new TreeSet<>();
    foreign.forEach(resource -> versions.add(resource.getApiVersion()));
    assumeTrue(client.hasApiGroup(group, true), "the definitions of " + group + " are not there");

    assertThat(versions).hasSize(1);
    assertThat(refusals(foreign)).isEmpty();
  }
}
