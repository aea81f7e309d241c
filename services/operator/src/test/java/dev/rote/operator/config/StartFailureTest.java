package dev.rote.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.MissingCRDException;
import io.javaoperatorsdk.operator.OperatorException;
import java.net.URI;
import java.net.URL;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class StartFailureTest {
  private static String explain(Throwable cause) throws Exception {
    URL server = URI.create("https://kubernetes.default.svc/").toURL();
    return String.valueOf(
        StartFailure.explanation(new OperatorException("Error starting operator", cause), server));
  }

  @Test
  void explanation_noServer_saysWhereItWasLookedFor() throws Exception {
    assertThat(
            explain(
                new KubernetesClientException(
                    "Operation: [get] failed", new UnknownHostException("kubernetes.default.svc"))))
        .isEqualTo(
            "no API server answers at https://kubernetes.default.svc/ (kubernetes.default.svc):"
                + " the operator runs in a cluster, or with a kubeconfig in KUBECONFIG");
  }

  @Test
  void explanation_noDefinition_saysHowToInstallIt() throws Exception {
    assertThat(explain(new MissingCRDException("sweeps.rote.dev", "v1", "not found")))
        .contains("kubectl apply -f k8s/base/crd/sweeps.rote.dev.yaml");
  }

  @Test
  void explanation_forbidden_namesTheRights() throws Exception {
    assertThat(
            explain(
                new KubernetesClientException(
                    "sweeps is forbidden",
                    403,
                    new StatusBuilder().withMessage("sweeps is forbidden").build())))
        .contains("sweeps is forbidden", "rbac.yaml");
  }

  @Test
  void explanation_otherFailure_isNone() throws Exception {
    assertThat(explain(new IllegalStateException("a bug"))).isEqualTo("null");
  }
}
