package dev.rote.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.operator.resource.SweepResource;
import dev.rote.operator.resource.SweepResourceStatus.Phase;
import dev.rote.testkit.TestAuthority;
import dev.rote.testkit.TestAuthority.Issued;
import dev.rote.testkit.TestStack;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator as it is shipped, a process of its own. */
class OperatorIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Path K8S = Path.of("..", "..", "k8s");
  private static final Path LOG = Path.of("target", "operator-it.log");

  private static void await(String what, Process process, Callable<Boolean> condition)
      throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(process.isAlive()).as(Files.readString(LOG)).isTrue();
      assertThat(System.nanoTime()).as("%s: %s", what, Files.readString(LOG)).isLessThan(end);
      Thread.sleep(100);
    }
  }

  private static Process start(String server, int sweeps, Map<String, String> settings)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            "target/quarkus-app/quarkus-run.jar");
    builder
        .environment()
        .putAll(
            Map.of(
                "QUARKUS_KUBERNETES_CLIENT_API_SERVER_URL",
                server,
                "ROTE_SWEEPS",
                "localhost:" + sweeps));
    builder.environment().putAll(settings);
    return builder.redirectErrorStream(true).redirectOutput(LOG.toFile()).start();
  }

  private static Map<String, String> port(int port) {
    return Map.of("QUARKUS_HTTP_PORT", Integer.toString(port));
  }

  private static void install(KubernetesClient client) throws Exception {
    client
        .load(Files.newInputStream(K8S.resolve("base/crd/sweeps.rote.dev.yaml")))
        .resources()
        .forEach(resource -> resource.create());
  }

  private static boolean answers(HttpClient http, String address, String check) throws Exception {
    HttpRequest asked = HttpRequest.newBuilder(URI.create(address + "/q/health/" + check)).build();
    try {
      return http.send(asked, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void shouldDriveTheDemoToCompleteWhenItRunsAsItIsShipped() throws Exception {
    int port = TestStack.freePort();
    Process process = null;
    try (ApiServerStandIn api = new ApiServerStandIn();
        SweepsInProcess sweeps = new SweepsInProcess();
        KubernetesClient client = api.client()) {
      install(client);
      process = start(client.getMasterUrl().toString(), sweeps.port(), port(port));
      HttpClient http = HttpClient.newHttpClient();
      await("it gets ready", process, () -> answers(http, "http://localhost:" + port, "ready"));
      SweepResource demo =
          Serialization.unmarshal(
              Files.readString(K8S.resolve("sweeps/demo.yaml")), SweepResource.class);
      client.resource(demo).inNamespace("studies").create();
      var found = client.resources(SweepResource.class).inNamespace("studies").withName("demo");
      await("it runs", process, () -> phase(found.get()) == Phase.Running);
      while (sweeps.work(true)) {}
      await("it completes", process, () -> phase(found.get()) == Phase.Completed);
      assertThat(
              client.v1().events().inNamespace("studies").list().getItems().stream()
                  .map(event -> event.getReason()))
          .contains("Admitted", "Running", "Completed");
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it stops").isTrue();
    } finally {
      if (process != null) {
        process.destroyForcibly();
      }
    }
  }

  /** What the secure component sets for it, with certificates in a folder. */
  private static Map<String, String> secure(Path certificates, int port) throws Exception {
    Matcher set =
        Pattern.compile("\\{name: (QUARKUS_\\w+), value: \"?([^\"}]+)\"?}")
            .matcher(Files.readString(K8S.resolve("components/secure/kustomization.yaml")));
    Map<String, String> settings = new HashMap<>();
    while (set.find()) {
      settings.put(set.group(1), set.group(2).replaceFirst("^/tls", certificates.toString()));
    }
    assertThat(settings).hasSize(5).containsKey("QUARKUS_HTTP_SSL_PORT");
    settings.put("QUARKUS_HTTP_SSL_PORT", Integer.toString(port));
    return settings;
  }

  @Test
  void shouldAnswerByHttpsAloneWhenItIsSetAsTheSecureComponentSays(@TempDir Path certificates)
      throws Exception {
    TestAuthority authority = new TestAuthority("ours");
    authority.issue(new Issued(certificates.resolve("tls.crt"), certificates.resolve("tls.key")));
    int port = TestStack.freePort();
    Process process = null;
    try (ApiServerStandIn api = new ApiServerStandIn();
        KubernetesClient client = api.client()) {
      install(client);
      process =
          start(client.getMasterUrl().toString(), TestStack.freePort(), secure(certificates, port));
      HttpClient http = HttpClient.newBuilder().sslContext(authority.believer()).build();
      await("it answers", process, () -> answers(http, "https://localhost:" + port, "live"));
      assertThat(answers(http, "http://localhost:" + port, "live")).isFalse();
    } finally {
      if (process != null) {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void shouldEndAndSayWhyWhenThereIsNoApiServer() throws Exception {
    String nobody = "http://localhost:" + TestStack.freePort();
    Process process = start(nobody, TestStack.freePort(), port(TestStack.freePort()));
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("it ends").isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(Files.readString(LOG))
          .contains("the operator cannot start: no API server answers at " + nobody);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Phase phase(SweepResource sweep) {
    return sweep.getStatus() == null ? Phase.Pending : sweep.getStatus().phase();
  }
}
