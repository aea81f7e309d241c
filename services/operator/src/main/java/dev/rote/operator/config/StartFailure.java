package dev.rote.operator.config;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.MissingCRDException;
import java.net.HttpURLConnection;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/** What an administrator should know when the operator cannot start. */
final class StartFailure {
  private StartFailure() {}

  /**
   * One sentence for the causes that an administrator can mend; null for others.
   *
   * @param server the API server that was asked
   */
  static @Nullable String explanation(Throwable failure, URL server) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MissingCRDException) {
        return "the API server "
            + server
            + " does not know sweeps.rote.dev: install the definition,"
            + " kubectl apply -f k8s/base/crd/sweeps.rote.dev.yaml";
      }
      if (cause instanceof KubernetesClientException refusal) {
        return of(refusal, server);
      }
    }
    return null;
  }

  private static String of(KubernetesClientException refusal, URL server) {
    int code = refusal.getCode();
    if (code < HttpURLConnection.HTTP_BAD_REQUEST) {
      return "no API server answers at "
          + server
          + " ("
          + root(refusal)
          + "): the operator runs in a cluster, or with a kubeconfig in KUBECONFIG";
    }
    String answer = "the API server " + server + " answers: " + refusal.getMessage();
    return code == HttpURLConnection.HTTP_UNAUTHORIZED || code == HttpURLConnection.HTTP_FORBIDDEN
        ? answer + " (k8s/base/operator/rbac.yaml has the rights of the operator)"
        : answer;
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
