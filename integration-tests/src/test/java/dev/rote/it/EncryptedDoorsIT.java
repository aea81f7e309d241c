package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.access.KeyHash;
import dev.rote.access.OwnKey;
import dev.rote.access.grpc.Channels;
import dev.rote.access.grpc.Tls;
import dev.rote.access.grpc.TlsFiles;
import dev.rote.testkit.TestAuthority;
import dev.rote.testkit.TestAuthority.Issued;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service with certificates: what its ports take, and from whom. */
class EncryptedDoorsIT {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final String LIVE = "/q/health/live";

  @TempDir static Path folder;

  private static TestAuthority authority;
  private static Issued service;
  private static Issued caller;
  private static Process process;
  private static int grpc;
  private static int http;

  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<Tls> opened = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    authority = new TestAuthority("ours");
    authority.write(folder.resolve("ca.crt"));
    new TestAuthority("others").write(folder.resolve("others.crt"));
    service = new Issued(folder.resolve("service.crt"), folder.resolve("service.key"));
    caller = new Issued(folder.resolve("caller.crt"), folder.resolve("caller.key"));
    authority.issue(service);
    authority.issue(caller);
    grpc = freePort();
    http = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            DocumentationIT.HOME
                .resolve("services/corruption/target/quarkus-app/quarkus-run.jar")
                .toString());
    var environment = builder.environment();
    environment.put("ROTE_TLS_CERTIFICATE", service.certificate().toString());
    environment.put("ROTE_TLS_KEY", service.key().toString());
    environment.put("ROTE_TLS_CA", folder.resolve("ca.crt").toString());
    environment.put("ROTE_TLS_CLIENTS", "true");
    environment.put("ROTE_TLS_LOOK", "200ms");
    environment.put("ROTE_CORRUPTION_WORKER", "false");
    environment.put("ROTE_S3_SECRET_KEY", KeyHash.newKey());
    environment.put("ROTE_CACHE", folder.resolve("cache").toString());
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(http));
    environment.put("QUARKUS_GRPC_SERVER_PORT", Integer.toString(grpc));
    process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("service.log").toFile())
            .start();
    awaitStarted();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void awaitStarted() throws Exception {
    Path log = folder.resolve("service.log");
    for (int i = 0; i < 600 && !Files.readString(log).contains("started in"); i++) {
      assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
      Thread.sleep(100);
    }
    assertThat(log).content().contains("started in");
  }

  @AfterAll
  static void stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  @AfterEach
  void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    opened.forEach(Tls::close);
  }

  private Tls tls(String ca, Optional<Issued> shown) {
    Tls tls =
        Tls.of(
            new TlsFiles(
                shown.map(Issued::certificate),
                shown.map(Issued::key),
                Optional.of(folder.resolve(ca))),
            LOOK);
    opened.add(tls);
    return tls;
  }

  private ServingStatus health(String scheme, Tls tls) {
    ManagedChannel channel = Channels.open(scheme + "localhost:" + grpc, OwnKey.none(), tls);
    channels.add(channel);
    return HealthGrpc.newBlockingStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }

  private void refused(String scheme, Tls tls) {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                StatusRuntimeException.class, () -> health(scheme, tls)))
        .satisfies(
            refusal ->
                assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
  }

  @Test
  void shouldTakeCallsOfThoseAloneWhoProveThemselvesAndBelieveItWhenPortsAreEncrypted() {
    assertThat(health("https://", tls("ca.crt", Optional.of(caller))))
        .isEqualTo(ServingStatus.SERVING);
    refused("", tls("ca.crt", Optional.of(caller)));
    refused("https://", tls("ca.crt", Optional.empty()));
    refused("https://", tls("others.crt", Optional.of(caller)));
  }

  @Test
  void shouldAnswerByHttpsAloneWhenPortsAreEncrypted() throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(believing("ca.crt")).build();
    HttpRequest.Builder ask = HttpRequest.newBuilder().timeout(Duration.ofSeconds(20));

    HttpResponse<String> answer =
        client.send(
            ask.uri(URI.create("https://localhost:" + http + LIVE)).build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    client.send(
                        ask.uri(URI.create("http://localhost:" + http + LIVE)).build(),
                        HttpResponse.BodyHandlers.ofString())))
        .isInstanceOf(IOException.class);
  }

  @Test
  void shouldShowARenewedCertificateWithoutARestartWhenItsFilesAreReplaced() throws Exception {
    for (int port : new int[] {grpc, http}) {
      BigInteger before = shown(port);

      BigInteger renewed = authority.issue(service);

      assertThat(renewed).isNotEqualTo(before);
      BigInteger now = shown(port);
      for (int i = 0; i < 100 && !now.equals(renewed); i++) {
        Thread.sleep(100);
        now = shown(port);
      }
      assertThat(now).as("port %d", port).isEqualTo(renewed);
    }
    assertThat(health("https://", tls("ca.crt", Optional.of(caller))))
        .isEqualTo(ServingStatus.SERVING);
  }

  /** Serial number of the certificate that a port shows now; 0 between certificate and key. */
  private static BigInteger shown(int port) throws Exception {
    try (SSLSocket socket =
        (SSLSocket) believing("ca.crt").getSocketFactory().createSocket("localhost", port)) {
      var parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
    } catch (IOException e) {
      return BigInteger.ZERO;
    }
  }

  private static SSLContext believing(String ca) throws Exception {
    try (Tls tls =
        Tls.of(
            new TlsFiles(Optional.empty(), Optional.empty(), Optional.of(folder.resolve(ca))),
            Duration.ofMinutes(1))) {
      X509ExtendedTrustManager trust = tls.trust().orElseThrow();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      return context;
    }
  }
}
