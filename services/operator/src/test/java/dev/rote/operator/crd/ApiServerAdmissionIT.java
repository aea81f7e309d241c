package dev.rote.operator.crd;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rote.operator.cluster.OnRealApiServer;
import dev.rote.operator.cluster.RealApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A real API server installs the definition, and lets through what the rules' test says. */
@OnRealApiServer
class ApiServerAdmissionIT extends AdmissionRulesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /* The value stands between the kind of the fault and the words of the rule. */
  private static final Pattern RULE =
      Pattern.compile("(?s)Invalid value: (?:.*: )?((?:must have|says what|can only) .*)");

  private static RealApiServer server;
  private static KubernetesClient client;

  @BeforeAll
  static void open() throws Exception {
    server = RealApiServer.open();
    client = server.client();
  }

  @AfterAll
  static void close() {
    client.close();
    server.close();
  }

  @Override
  AdmissionGate gate() {
    return ApiServerAdmissionIT::violations;
  }

  private static List<String> violations(
      Map<String, Object> resource, @Nullable Map<String, Object> old) {
    try {
      if (old == null) {
        of(resource).dryRun().fieldValidation(Validation.STRICT).create();
        return List.of();
      }
      of(old).create();
      try {
        of(resource).dryRun().fieldValidation(Validation.STRICT).update();
        return List.of();
      } finally {
        of(old).delete();
      }
    } catch (KubernetesClientException e) {
      return said(e.getStatus());
    }
  }

  private static Resource<GenericKubernetesResource> of(Map<String, Object> sweep) {
    GenericKubernetesResource resource = JSON.convertValue(sweep, GenericKubernetesResource.class);
    resource.getMetadata().setNamespace(RealApiServer.NAMESPACE);
    return client.resource(resource);
  }

  private static List<String> said(Status status) {
    List<StatusCause> causes =
        status.getDetails() == null ? List.of() : status.getDetails().getCauses();
    return causes.isEmpty()
        ? List.of(status.getMessage())
        : causes.stream().map(ApiServerAdmissionIT::said).toList();
  }

  private static String said(StatusCause cause) {
    Matcher rule = RULE.matcher(cause.getMessage());
    return "." + cause.getField() + ": " + (rule.matches() ? rule.group(1) : cause.getMessage());
  }
}
