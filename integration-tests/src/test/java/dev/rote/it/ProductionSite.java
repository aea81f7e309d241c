package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.access.KeyHash;
import dev.rote.access.grpc.Tls;
import dev.rote.access.grpc.TlsFiles;
import dev.rote.embedded.ObjectStoreServer;
import dev.rote.testkit.TestAuthority;
import dev.rote.testkit.TestAuthority.Issued;
import dev.rote.testkit.TestStack;
import dev.rote.workqueue.KafkaCluster;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclBinding;

/**
 * Services with the settings that the overlay of production makes, on a broker with its users and
 * their rules. What other operators of a cluster make is made here: certificates, passwords and a
 * topic.
 */
final class ProductionSite {
  /** Those with a port of gRPC. */
  static final List<String> SERVICES = List.of("sweeps", "corruption", "trainer", "metrics");

  /** Those that work. */
  static final List<String> WORKERS = SERVICES.subList(1, SERVICES.size());

  /** Where a pipeline hands configs in. */
  static final String CONFIGS = "rote.configs";

  private static final String OPERATOR = "operator";

  private final Path folder;
  private final String submitter = KeyHash.newKey();
  private final TestAuthority authority = new TestAuthority("rote-ca");
  private final HttpClient probe = HttpClient.newBuilder().sslContext(authority.believer()).build();
  private final Map<String, Map<String, String>> secrets = new HashMap<>();
  private final Map<String, Integer> grpc = new LinkedHashMap<>();
  private final Map<String, Integer> http = new LinkedHashMap<>();
  private final Map<String, ServiceProcess> processes = new LinkedHashMap<>();
  private final Path ca;
  private final Tls shown;
  private final Tls caller;
  private final ObjectStoreServer objects;
  private final EncryptedBroker broker;
  private final ProductionPods pods;

  private ProductionSite(Path folder) throws Exception {
    this.folder = folder;
    ca = authority.write(folder.resolve("ca.crt"));
    Issued files = new Issued(folder.resolve("server.crt"), folder.resolve("server.key"));
    authority.issue(files);
    certificates(files);
    keys();
    Map<String, List<AclBinding>> rules = ProductionUsers.rules();
    Map<String, String> passwords = new LinkedHashMap<>();
    rules.keySet().forEach(user -> passwords.put(user, KeyHash.newKey()));
    passwords.forEach((user, password) -> secrets.put(user, Map.of("password", password)));
    String store = KeyHash.newKey();
    for (String service : SERVICES) {
      secrets.put(
          "rote-object-store-" + service,
          Map.of("ROTE_S3_ACCESS_KEY", "rote", "ROTE_S3_SECRET_KEY", store));
    }
    pods = ProductionPods.render(folder, secrets);
    shown = tls(Optional.of(files));
    caller = tls(Optional.empty());
    objects =
        ObjectStoreServer.start(
            folder.resolve("objects"),
            "127.0.0.1",
            TestStack.freePort(),
            "rote",
            store,
            shown.identity());
    broker = EncryptedBroker.start(folder.resolve("kafka"), files, passwords);
    try (Admin inside = Admin.create(Map.of("bootstrap.servers", broker.inside()))) {
      inside.createTopics(List.of(new NewTopic(CONFIGS, 1, (short) 1))).all().get();
      inside.createAcls(rules.values().stream().flatMap(List::stream).toList()).all().get();
    }
  }

  /**
   * Starts all services; needs kubectl.
   *
   * @param folder for files, keys and logs
   */
  static ProductionSite start(Path folder) throws Exception {
    ProductionSite site = new ProductionSite(folder);
    for (String service : SERVICES) {
      site.grpc.put(service, TestStack.freePort());
      site.http.put(service, TestStack.freePort());
    }
    for (String service : SERVICES) {
      site.launch(
          service,
          Map.of(
              "ROTE_S3_CA", site.ca.toString(),
              "ROTE_AUDIT_TOPIC", "true",
              "QUARKUS_HTTP_PORT", String.valueOf(site.http.get(service)),
              "QUARKUS_GRPC_SERVER_PORT", String.valueOf(site.grpc.get(service))));
    }
    for (String service : SERVICES) {
      site.awaitReady(service);
    }
    return site;
  }

  private void certificates(Issued files) throws IOException {
    Map<String, String> certificate =
        Map.of(
            "tls.crt", Files.readString(files.certificate()),
            "tls.key", Files.readString(files.key()),
            "ca.crt", Files.readString(ca));
    SERVICES.forEach(service -> secrets.put(service + "-tls", certificate));
    secrets.put("operator-tls", certificate);
    secrets.put("rote-cluster-ca-cert", Map.of("ca.crt", Files.readString(ca)));
  }

  private void keys() {
    String sweeps = KeyHash.newKey();
    String worker = KeyHash.newKey();
    String operator = KeyHash.newKey();
    String lines =
        """
        %s sweeps submitter,worker
        %s worker worker
        %s operator operator
        %s ada submitter
        """
            .formatted(
                KeyHash.of(sweeps),
                KeyHash.of(worker),
                KeyHash.of(operator),
                KeyHash.of(submitter));
    secrets.put(
        "rote-access",
        Map.of(
            "access.keys",
            lines,
            "sweeps",
            sweeps,
            "worker",
            worker,
            OPERATOR,
            operator,
            "workflow",
            KeyHash.newKey()));
  }

  private Tls tls(Optional<Issued> files) {
    return Tls.of(
        new TlsFiles(files.map(Issued::certificate), files.map(Issued::key), Optional.of(ca)),
        Duration.ofMinutes(1));
  }

  /* As the overlay says, but where the parts are, how many brokers there are, and these. */
  private void launch(String service, Map<String, String> settings) throws IOException {
    Map<String, String> environment = new HashMap<>(pods.environment(service));
    Map<String, String> here =
        Map.of(
            "ROTE_KAFKA",
            broker.outside(),
            "ROTE_SWEEPS",
            "https://" + address("sweeps"),
            "ROTE_CORRUPTION",
            "https://" + address("corruption"),
            "ROTE_S3_ENDPOINT",
            objects.endpoint().toString());
    assertThat(environment).containsKeys(here.keySet().toArray(String[]::new));
    environment.putAll(here);
    environment.replace("ROTE_WORKFLOW_REPLICAS", "1");
    environment.remove("JAVA_TOOL_OPTIONS");
    environment.putAll(settings);
    processes.put(
        service,
        ServiceProcess.start(
            ServiceProcess.application(service), folder.resolve(service + ".log"), environment));
  }

  private void awaitReady(String service) throws InterruptedException {
    Objects.requireNonNull(processes.get(service))
        .awaitReady(probe, "https://" + httpAddress(service));
  }

  /**
   * Starts the operator with the rights that the overlay gives it in a cluster.
   *
   * @param kubeconfig of the cluster, by somebody who may do all there
   */
  void startOperator(Path kubeconfig) throws Exception {
    Path own = folder.resolve("operator.kubeconfig");
    Path installed = folder.resolve("operator.yaml");
    pods.write(
        List.of(
            "Namespace",
            "ServiceAccount",
            "ClusterRole",
            "ClusterRoleBinding",
            "CustomResourceDefinition"),
        installed);
    UserShell shell =
        new UserShell(
            folder,
            folder.resolve("operator-installed.log"),
            Map.of("KUBECONFIG", kubeconfig.toString()));
    shell.expect("kubectl apply --server-side --force-conflicts -f " + installed);
    shell.expect("kubectl config view --minify --flatten --raw > " + own);
    shell.expect(
        "TOKEN=$(kubectl -n rote create token operator) && KUBECONFIG=%s && ".formatted(own)
            + "kubectl config set-credentials operator --token=$TOKEN && "
            + "kubectl config set-context --current --user=operator");
    int port = TestStack.freePort();
    http.put(OPERATOR, port);
    launch(
        OPERATOR,
        Map.of("KUBECONFIG", own.toString(), "QUARKUS_HTTP_SSL_PORT", String.valueOf(port)));
    awaitReady(OPERATOR);
  }

  /** Host and port of a service's gRPC. */
  String address(String service) {
    return "localhost:" + grpc.get(service);
  }

  /** Host and port of a part's HTTP. */
  String httpAddress(String part) {
    return "localhost:" + http.get(part);
  }

  /** The key of a submitter. */
  String submitter() {
    return submitter;
  }

  /** What callers believe. */
  Tls caller() {
    return caller;
  }

  /** Kafka as a user of the overlay finds it. */
  KafkaCluster kafka(String user) {
    Map<String, String> secret = Objects.requireNonNull(secrets.get(user));
    return KafkaCluster.of(
            broker.outside(),
            Optional.of(user),
            Optional.ofNullable(secret.get("password")),
            "SCRAM-SHA-512")
        .encrypted(new KafkaCluster.Tls(Optional.of(ca), Optional.empty(), Optional.empty()));
  }

  /** What all parts have printed. */
  String logs() {
    StringBuilder all = new StringBuilder();
    processes.values().forEach(process -> all.append(process.log()));
    return all.toString();
  }

  /** Ends all parts, then what they use. */
  void close() throws InterruptedException {
    processes.values().forEach(ServiceProcess::stop);
    for (ServiceProcess process : processes.values()) {
      process.end();
    }
    broker.close();
    objects.close();
    caller.close();
    shown.close();
  }
}
