package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rote.access.KeyHash;
import dev.rote.access.OwnKey;
import dev.rote.access.grpc.Channels;
import dev.rote.access.grpc.Tls;
import dev.rote.access.grpc.TlsFiles;
import dev.rote.access.oidc.TokenIssuer;
import dev.rote.testkit.TestAuthority;
import dev.rote.testkit.TestAuthority.Issued;
import dev.rote.testkit.TestStack;
import dev.rote.v1.CorruptionServiceGrpc;
import dev.rote.v1.CorruptionServiceGrpc.CorruptionServiceBlockingStub;
import dev.rote.v1.InspectFilesRequest;
import dev.rote.v1.ListDatasetsRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service with certificates and an issuer of tokens: what its ports take, and from whom. */
class EncryptedDoorsIT {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final String AUDIENCE = "rote";
  private static final String LIVE = "/q/health/live";

  @TempDir static Path folder;

  private static TestAuthority authority;
  private static Issued service;
  private static Issued caller;
  private static TokenIssuer issuer;
  private static ServiceProcess process;
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
    issuer = new TokenIssuer(folder);
    grpc = TestStack.freePort();
    http = TestStack.freePort();
    Map<String, String> environment = new HashMap<>();
    environment.put("ROTE_TLS_CERTIFICATE", service.certificate().toString());
    environment.put("ROTE_TLS_KEY", service.key().toString());
    environment.put("ROTE_TLS_CA", folder.resolve("ca.crt").toString());
    environment.put("ROTE_TLS_CLIENTS", "true");
    environment.put("ROTE_TLS_LOOK", "200ms");
    environment.put("ROTE_ACCESS_OIDC_ISSUER", issuer.address().toString());
    environment.put("ROTE_ACCESS_OIDC_AUDIENCE", AUDIENCE);
    environment.put("ROTE_ACCESS_OIDC_AUTHORITY", issuer.certificate().toString());
    environment.put("ROTE_CORRUPTION_WORKER", "false");
    environment.put("ROTE_S3_SECRET_KEY", KeyHash.newKey());
    environment.put("ROTE_CACHE", folder.resolve("cache").toString());
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(http));
    environment.put("QUARKUS_GRPC_SERVER_PORT", Integer.toString(grpc));
    process =
        ServiceProcess.start(
            ServiceProcess.application("corruption"), folder.resolve("service.log"), environment);
    process.awaitLog("started in");
  }

  @AfterAll
  static void stop() throws InterruptedException {
    process.end();
    issuer.close();
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

  private ManagedChannel open(String scheme, Supplier<Optional<String>> key, Tls tls) {
    ManagedChannel channel = Channels.open(scheme + "localhost:" + grpc, key, tls);
    channels.add(channel);
    return channel;
  }

  private ServingStatus health(String scheme, Tls tls) {
    return HealthGrpc.newBlockingStub(open(scheme, OwnKey.none(), tls))
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }

  private void refused(String scheme, Tls tls) {
    assertThat(catchThrowableOfType(StatusRuntimeException.class, () -> health(scheme, tls)))
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

  private CorruptionServiceBlockingStub asked(String token) {
    return CorruptionServiceGrpc.newBlockingStub(
            open("https://", () -> Optional.of(token), tls("ca.crt", Optional.of(caller))))
        .withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  private Status.Code answered(String token) {
    try {
      assertThat(
              asked(token).listDatasets(ListDatasetsRequest.getDefaultInstance()).getDatasetsList())
          .isNotEmpty();
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  @Test
  void shouldLetInTheTokensOfItsIssuerAloneAndAsTheirRolesSayWhenOneIsSet() throws Exception {
    JwtClaims viewer = issuer.claims(AUDIENCE);
    viewer.setStringListClaim("roles", "viewer");
    String sound = issuer.sign(viewer);
    // Until the issuer's keys are read, tokens are UNAVAILABLE.
    for (int i = 0; i < 100 && answered(sound) == Status.Code.UNAVAILABLE; i++) {
      Thread.sleep(100);
    }
    assertThat(answered(sound)).isEqualTo(Status.Code.OK);
    assertThat(
            catchThrowableOfType(
                StatusRuntimeException.class,
                () -> asked(sound).inspectFiles(InspectFilesRequest.getDefaultInstance())))
        .satisfies(
            refusal ->
                assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
    JwtClaims expired = issuer.claims(AUDIENCE);
    expired.setExpirationTimeMinutesInTheFuture(-10);
    assertThat(answered(issuer.sign(expired))).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(answered(issuer.sign(issuer.claims("others"))))
        .isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(answered(TokenIssuer.sign(issuer.claims(AUDIENCE), TokenIssuer.newKey("first"))))
        .isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(answered("")).isEqualTo(Status.Code.UNAUTHENTICATED);
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
            catchThrowable(
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
