package dev.rote.operator.cluster;

import dev.rote.operator.resource.SweepResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The API server of {@code -Drote.kubeconfig=FILE}, in a cluster that is there for tests alone. */
public final class RealApiServer implements ApiServer {
  /** Where the file of the cluster's address and keys is named. */
  public static final String KUBECONFIG = "rote.kubeconfig";

  /** The namespace of the tests. */
  public static final String NAMESPACE = "rote-tests";

  private static final Path DEFINITION = Path.of("../../k8s/base/crd/sweeps.rote.dev.yaml");

  private final Config config;
  private final KubernetesClient client;

  private RealApiServer(File kubeconfig) {
    config = Config.fromKubeconfig(kubeconfig);
    client = client();
  }

  /** Installs the definition of sweeps and makes the namespace. */
  public static RealApiServer open() throws IOException {
    RealApiServer server = new RealApiServer(new File(System.getProperty(KUBECONFIG)));
    try (InputStream definition = new FileInputStream(DEFINITION.toFile())) {
      server.client.load(definition).forceConflicts().serverSideApply();
    }
    server
        .client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("sweeps.rote.dev")
        .waitUntilCondition(
            found ->
                found.getStatus() != null
                    && found.getStatus().getConditions().stream()
                        .anyMatch(
                            c -> c.getType().equals("Established") && c.getStatus().equals("True")),
            30,
            TimeUnit.SECONDS);
    server.onlyForTests();
    server
        .client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .serverSideApply();
    return server;
  }

  /* The tests' operator would take sweeps of others for its own. */
  private void onlyForTests() {
    List<String> others =
        client.resources(SweepResource.class).inAnyNamespace().list().getItems().stream()
            .filter(sweep -> !sweep.getMetadata().getNamespace().equals(NAMESPACE))
            .map(SweepResource::getFullResourceName)
            .toList();
    if (!others.isEmpty()) {
      throw new IllegalStateException(
          config.getMasterUrl() + " is no cluster for tests, it has the sweeps " + others);
    }
  }

  @Override
  public KubernetesClient client() {
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Takes away all sweeps of the tests and what was told of them. */
  @Override
  public void close() {
    for (SweepResource sweep :
        client.resources(SweepResource.class).inNamespace(NAMESPACE).list().getItems()) {
      client
          .resource(sweep)
          .edit(
              found -> {
                found.getMetadata().setFinalizers(List.of());
                return found;
              });
      client.resource(sweep).delete();
    }
    client.v1().events().inNamespace(NAMESPACE).delete();
    client.close();
  }
}
