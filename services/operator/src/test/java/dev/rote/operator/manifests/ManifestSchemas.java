package dev.rote.operator.manifests;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import dev.rote.operator.crd.AdmissionRules;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Strict reading of manifests. Kinds that are built in are read into their models, where no field
 * may be left over; sweeps are judged by their definition; other kinds of resources are known by
 * the fields that their operators document, and nothing else.
 */
final class ManifestSchemas {
  /** The models keep aside what they do not know; here it is refused. */
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              });

  /** Fields of {@code spec} of kinds that belong to other operators, at any depth above lists. */
  private static final Map<String, Set<String>> FOREIGN =
      Map.of(
          "cert-manager.io/v1/Issuer",
          Set.of("selfSigned", "ca", "acme", "vault", "venafi"),
          "cert-manager.io/v1/Certificate",
          Set.of(
              "isCA",
              "commonName",
              "dnsNames",
              "secretName",
              "usages",
              "duration",
              "renewBefore",
              "privateKey",
              "issuerRef"),
          "kafka.strimzi.io/v1/KafkaUser",
          Set.of("authentication", "authorization", "quotas", "template"),
          "keda.sh/v1alpha1/TriggerAuthentication",
          Set.of("secretTargetRef", "env", "podIdentity"),
          "keda.sh/v1alpha1/ScaledObject",
          Set.of(
              "scaleTargetRef",
              "minReplicaCount",
              "maxReplicaCount",
              "pollingInterval",
              "cooldownPeriod",
              "fallback",
              "triggers",
              "advanced",
              "idleReplicaCount"),
          "monitoring.coreos.com/v1/ServiceMonitor",
          Set.of("selector", "endpoints", "namespaceSelector", "jobLabel", "targetLabels"),
          "kafka.strimzi.io/v1/Kafka",
          Set.of("kafka", "entityOperator", "clusterCa", "clientsCa", "cruiseControl"),
          "kafka.strimzi.io/v1/KafkaNodePool",
          Set.of("replicas", "roles", "storage", "resources", "jvmOptions", "template"),
          "kafka.strimzi.io/v1/KafkaTopic",
          Set.of("partitions", "replicas", "config", "topicName"));

  private static final Set<String> KUSTOMIZATION =
      Set.of(
          "apiVersion",
          "kind",
          "namespace",
          "labels",
          "resources",
          "components",
          "images",
          "patches",
          "secretGenerator",
          "configMapGenerator");

  private final AdmissionRules sweeps;

  ManifestSchemas() throws IOException {
    sweeps = AdmissionRules.ofSweeps();
  }

  /** All that is wrong with a document. */
  List<String> violations(Map<String, Object> document) {
    String kind = document.get("apiVersion") + "/" + document.get("kind");
    if (kind.startsWith("kustomize.config.k8s.io/")) {
      return unknown(document.keySet(), KUSTOMIZATION, kind);
    }
    if (kind.equals("rote.dev/v1/Sweep")) {
      return sweeps.violations(document, null);
    }
    Set<String> foreign = FOREIGN.get(kind);
    if (foreign != null) {
      return unknown(Manifests.map(document.get("spec")).keySet(), foreign, kind);
    }
    return builtIn(document, kind);
  }

  private static List<String> unknown(Set<String> fields, Set<String> known, String kind) {
    return fields.stream()
        .filter(field -> !known.contains(field))
        .map(field -> kind + " has no field " + field)
        .toList();
  }

  private static List<String> builtIn(Map<String, Object> document, String kind) {
    KubernetesResource model =
        new KubernetesSerialization()
            .unmarshal(
                Serialization.asJson(
                    Map.of(
                        "apiVersion", Manifests.text(document, "apiVersion"),
                        "kind", Manifests.text(document, "kind"))),
                KubernetesResource.class);
    if (model instanceof GenericKubernetesResource) {
      return List.of("no schema for " + kind);
    }
    try {
      STRICT.convertValue(document, model.getClass());
      return List.of();
    } catch (IllegalArgumentException e) {
      return List.of(kind + ": " + e.getMessage());
    }
  }
}
