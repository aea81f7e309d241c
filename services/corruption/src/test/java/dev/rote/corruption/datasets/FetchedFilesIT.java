package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreSettings;
import dev.rote.artifacts.S3ObjectStore;
import dev.rote.artifacts.Sha256;
import dev.rote.artifacts.SignedAddresses;
import dev.rote.corruption.datasets.DatasetException.Reason;
import dev.rote.testkit.TestStack;
import dev.rote.testkit.TestStore;
import dev.rote.v1.StoreFileResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a user's own from an HTTPS server and from object storage. */
class FetchedFilesIT {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final byte[] FILE = TestFiles.images(500, 8, 8);
  private static final String SUM = sum(FILE);
  private static final long LARGEST = 40_000;
  private static final String OWN_BUCKET = "rote";

  @TempDir static Path keys;
  static TestStack stack;
  static SSLContext tls;
  static SSLSocketFactory before;

  @TempDir Path directory;
  private final AtomicInteger asked = new AtomicInteger();
  private HttpsServer server;

  private static String sum(byte[] bytes) {
    return Sha256.hex(Sha256.of(ByteBuffer.wrap(bytes)));
  }

  @BeforeAll
  static void trust() throws Exception {
    stack = new TestStack();
    Path store = keys.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process made =
        new ProcessBuilder(
                List.of(
                    keytool,
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=127.0.0.1",
                    "-ext",
                    "san=ip:127.0.0.1",
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    "changeit"))
            .inheritIO()
            .start();
    assertThat(made.waitFor()).isZero();
    KeyStore loaded = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      loaded.load(in, PASSWORD);
    }
    KeyManagerFactory identity =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    identity.init(loaded, PASSWORD);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(loaded);
    tls = SSLContext.getInstance("TLS");
    tls.init(identity.getKeyManagers(), trusted.getTrustManagers(), null);
    before = HttpsURLConnection.getDefaultSSLSocketFactory();
    HttpsURLConnection.setDefaultSSLSocketFactory(tls.getSocketFactory());
  }

  @AfterAll
  static void restore() {
    HttpsURLConnection.setDefaultSSLSocketFactory(before);
    stack.close();
  }

  @BeforeEach
  void serve() throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext("/file", exchange -> send(exchange, FILE, FILE.length));
    server.createContext("/long", exchange -> send(exchange, new byte[(int) LARGEST + 1], 0));
    server.createContext(
        "/page", exchange -> send(exchange, "<html>".getBytes(StandardCharsets.UTF_8), 0));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /* Of length 0 nothing is said before the bytes. */
  private void send(HttpExchange exchange, byte[] bytes, int length) throws IOException {
    asked.incrementAndGet();
    exchange.sendResponseHeaders(200, length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private DatasetFiles files(boolean web, InstantSource clock) {
    return files(web ? downloads(Hosts.PRIVATE_TOO, clock) : null, clock);
  }

  private static Downloads downloads(Hosts hosts, InstantSource clock) {
    return new Downloads(Duration.ofSeconds(20), Duration.ofMinutes(1), hosts, () -> false, clock);
  }

  private DatasetFiles files(@Nullable Downloads web, InstantSource clock) {
    return files(web, clock, Fetches.UNBOUNDED);
  }

  private DatasetFiles files(@Nullable Downloads web, InstantSource clock, Fetches fetches) {
    return new DatasetFiles(
        null,
        directory.resolve("cache"),
        web,
        new Elsewhere(
            web,
            downloads(Hosts.NAMED, clock),
            stack.store(),
            new SignedAddresses(
                URI.create(stack.endpoint()),
                TestStore.ACCESS,
                TestStore.SECRET,
                ObjectStoreSettings.NO_REGION),
            OWN_BUCKET,
            fetches,
            LARGEST));
  }

  private DatasetFiles files() {
    return files(true, InstantSource.system());
  }

  private String address(String path) {
    return "https://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static Path found(DatasetFiles files, String path, String sha256) {
    return files.sources().find("files.train.path", path, Map.of(path, sha256)).root().path();
  }

  private void refused(DatasetFiles files, String path, String sha256, Reason reason, String why)
      throws IOException {
    assertThatThrownBy(() -> found(files, path, sha256))
        .isInstanceOfSatisfying(
            DatasetException.class,
            e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason))
        .hasMessageContaining(path)
        .hasMessageContaining(why);
    try (Stream<Path> left = Files.walk(directory)) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  /** Nobody learns from a wrong sum which one is right. */
  private void refusedAsAnother(String path, String sha256) throws IOException {
    refused(files(), path, sha256, Reason.DAMAGED, "is not the file of the SHA-256 that was given");
    assertThatThrownBy(() -> found(files(), path, sha256))
        .isInstanceOfSatisfying(
            DatasetException.class,
            e ->
                assertThat(e.facts())
                    .isEqualTo(Map.of("file", path, "property", "SHA-256", "expected", sha256)))
        .hasMessage(
            path
                + " is not the file of the SHA-256 that was given, "
                + sha256
                + ": `sha256sum FILE` prints the one of a file that you have");
  }

  @Test
  void shouldReadTheFileOnceWhenAnAddressServesIt() {
    DatasetFiles files = files();
    assertThat(found(files, address("/file"), SUM)).hasBinaryContent(FILE);
    assertThat(found(files, address("/file"), SUM)).hasBinaryContent(FILE);
    assertThat(asked).hasValue(1);
    assertThat(files.sources().sha256("path", address("/file"), Map.of(address("/file"), SUM)))
        .isEqualTo(SUM);
  }

  /** Who waits for the same file takes room, too; a file that is there takes none. */
  @Test
  void shouldTakeRoomForFetchesOnlyWhenAFileIsNotThere() {
    AtomicInteger entered = new AtomicInteger();
    Fetches counting =
        new Fetches() {
          @Override
          public <T> T within(Supplier<T> work) {
            entered.incrementAndGet();
            return work.get();
          }

          @Override
          public boolean stopped() {
            return false;
          }
        };
    InstantSource clock = InstantSource.system();
    DatasetFiles files = files(downloads(Hosts.PRIVATE_TOO, clock), clock, counting);
    found(files, address("/file"), SUM);
    found(files, address("/file"), SUM);
    assertThat(entered).hasValue(1);
  }

  @Test
  void shouldLeaveNothingWhenAnAddressServesOtherBytes() throws IOException {
    String other = "0".repeat(64);
    refusedAsAnother(address("/file"), other);
    refusedAsAnother(address("/page"), SUM);
    refused(files(), address("/long"), SUM, Reason.DAMAGED, "size must be at most " + LARGEST);
    refused(files(), address("/none"), SUM, Reason.MISSING, "it answers 404");
  }

  @Test
  void shouldStopWhenTheTimeIsOver() throws IOException {
    AtomicLong seconds = new AtomicLong();
    InstantSource clock = () -> Instant.EPOCH.plusSeconds(seconds.getAndAdd(40));
    refused(
        files(true, clock), address("/file"), SUM, Reason.UNREACHABLE, "it took longer than PT1M");
    StoreFileResponse stored = put();
    assertThatThrownBy(() -> found(files(true, clock), stored.getPath(), ""))
        .hasMessageContaining("it took longer than PT1M");
  }

  @Test
  void shouldBelieveNobodyWhenTheCertificateIsUnknown() throws Exception {
    HttpsURLConnection.setDefaultSSLSocketFactory(before);
    try {
      refused(
          files(),
          address("/file"),
          SUM,
          Reason.UNREACHABLE,
          "the certificate of its host is not believed");
    } finally {
      HttpsURLConnection.setDefaultSSLSocketFactory(tls.getSocketFactory());
    }
  }

  @Test
  void shouldFollowRedirectsFiveTimesAndOnlyToHostsThatMayBeAsked() throws IOException {
    for (int i = 0; i < 7; i++) {
      Redirects.add(server, "/hop" + i, i == 0 ? "/file" : "/hop" + (i - 1));
    }
    refused(files(), address("/hop5"), SUM, Reason.REFUSED, "it redirects more than 5 times");
    InstantSource clock = InstantSource.system();
    refused(
        files(downloads(Hosts.PUBLIC, clock), clock),
        address("/file"),
        SUM,
        Reason.REFUSED,
        "127.0.0.1 is no host of the internet");
    assertThat(found(files(), address("/hop4"), SUM)).hasBinaryContent(FILE);
  }

  /** A name that led to a host of the internet when it was looked up may lead elsewhere then. */
  @Test
  void shouldAskNobodyOfItsOwnNetworkWhenTheNameLeadsThereAtTheSecondLook() throws IOException {
    SSLSocketFactory checked =
        new CheckedSockets(HttpsURLConnection.getDefaultSSLSocketFactory(), Hosts.PUBLIC);
    URLConnection connection = URI.create(address("/file")).toURL().openConnection();
    ((HttpsURLConnection) connection).setSSLSocketFactory(checked);
    assertThatThrownBy(connection::getInputStream)
        .isInstanceOf(Hosts.NotAskedException.class)
        .hasMessageContaining("127.0.0.1 is no host of the internet");
    assertThat(asked).hasValue(0);
  }

  @Test
  void shouldFetchNoAddressWhenTheServiceMayNot() throws IOException {
    assertThatThrownBy(() -> found(files(false, InstantSource.system()), address("/file"), SUM))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("this service fetches nothing (rote.corruption.download)");
    assertThat(asked).hasValue(0);
  }

  @Test
  void shouldReadAnotherBucketWhenItIsNamed() throws IOException {
    try (ObjectStore people =
        S3ObjectStore.connect(
            new ObjectStoreSettings(
                URI.create(stack.endpoint()),
                TestStore.ACCESS,
                TestStore.SECRET,
                "people",
                Duration.ofSeconds(10)))) {
      people.put("sets/x.idx", FILE);
    }
    String path = "s3://people/sets/x.idx";
    refusedAsAnother(path, "1".repeat(64));
    refused(files(), "s3://people/none", SUM, Reason.MISSING, "it answers 404");
    refused(files(), "s3://nobody/none", SUM, Reason.MISSING, "it answers 404");
    assertThat(found(files(false, InstantSource.system()), path, SUM)).hasBinaryContent(FILE);
  }

  @Test
  void shouldReadNothingOfTheBucketOfRoteItself() throws IOException {
    stack.store().put("trials/secret", FILE);
    assertThat(stack.store().size("trials/secret")).hasValue((long) FILE.length);
    refused(
        files(),
        "s3://" + OWN_BUCKET + "/trials/secret",
        SUM,
        Reason.REFUSED,
        "'rote datasets put' puts a file there and prints its `stored:` path; or let it lie in"
            + " another bucket");
    refused(files(), "s3://people/../rote/trials/secret", SUM, Reason.REFUSED, "without . and ..");
  }

  private StoreFileResponse put() throws IOException {
    try (StoredFiles.Upload upload = new StoredFiles(files(), stack.store()).begin("x.idx")) {
      upload.add(ByteBuffer.wrap(FILE, 0, 1000));
      upload.add(ByteBuffer.wrap(FILE, 1000, FILE.length - 1000));
      return upload.store();
    }
  }

  @Test
  void shouldBeThereOnceWhenAFileIsPutTwice() throws IOException {
    StoreFileResponse first = put();
    StoreFileResponse second = put();
    assertThat(first.getPath()).isEqualTo("stored:" + SUM + "/x.idx").isEqualTo(second.getPath());
    assertThat(first.getSizeBytes()).isEqualTo(FILE.length);
    assertThat(second.getCreated()).isFalse();
    assertThat(found(files(), first.getPath(), "")).hasBinaryContent(FILE);
    assertThatThrownBy(
            () -> found(new DatasetFiles(null, directory.resolve("c"), null), first.getPath(), ""))
        .hasMessageContaining("nothing is fetched here");
  }
}
