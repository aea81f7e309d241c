package dev.rote.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.rote.cli.progress.Terminal;
import dev.rote.cli.service.Service;
import dev.rote.cli.service.UserKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rote login}: where a token comes from, where it is kept and when it is shown. */
class LoginTest {
  private static final String PASSWORD = "changeit";
  private static final String SWEEPS = "127.0.0.1:9011";

  @TempDir Path directory;
  private final List<String> asked = new ArrayList<>();

  private CommandLineRun run(Map<String, String> environment, String... args) {
    return CommandLineRun.of(Map.of(), false, Terminal.NONE, environment, args);
  }

  private CommandLineRun paste(String text) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    try {
      return run(configuration(), "login");
    } finally {
      System.setIn(before);
    }
  }

  private Map<String, String> configuration() {
    return Map.of("XDG_CONFIG_HOME", directory.toString());
  }

  private Path file() {
    return directory.resolve("rote").resolve("token");
  }

  private static String keyAt(String address, Map<String, String> environment) {
    Session session = CommandLineRun.session(Map.of(Service.SWEEPS, SWEEPS), environment);
    return UserKey.at(address, session, Path.of(".rote")).orElse("none");
  }

  @Test
  void login_pastedToken_isKeptForItsOwnerAlone() throws IOException {
    CommandLineRun login = paste("  my-token \nrest");

    assertThat(login.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(login.out() + login.err()).contains(file().toString()).doesNotContain("my-token");
    assertThat(file()).hasContent("my-token");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
        .isEqualTo("rwx------");
    assertThat(paste("another").exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(file()).hasContent("another");
  }

  @Test
  void login_nothingPasted_isRefused() {
    CommandLineRun login = paste("\n");

    assertThat(login.exitCode()).isEqualTo(ExitCodes.INVALID);
    assertThat(login.err()).contains("no token came in", "--issuer URL");
    assertThat(file()).doesNotExist();
  }

  @Test
  void key_ofAnAddress_isTheEnvironmentsThenTheStacksThenWhatLoginKept() {
    paste("kept");

    assertThat(keyAt("elsewhere:9011", configuration())).isEqualTo("kept");
    assertThat(keyAt(SWEEPS, configuration())).isEqualTo(CommandLineRun.TOKEN);
    Map<String, String> both =
        Map.of("XDG_CONFIG_HOME", directory.toString(), UserKey.VARIABLE, "given");
    assertThat(keyAt("elsewhere:9011", both)).isEqualTo("given");
    assertThat(keyAt(SWEEPS, both)).isEqualTo("given");
    assertThat(keyAt("elsewhere:9011", Map.of("XDG_CONFIG_HOME", directory + "/none")))
        .isEqualTo("none");
  }

  @Test
  void key_inAFileThatOthersRead_isNotShown() throws IOException {
    paste("kept");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

    try {
      keyAt("elsewhere:9011", configuration());
    } catch (CommandFailure refused) {
      assertThat(refused).hasMessageContaining("chmod 600 " + file());
      return;
    }
    throw new AssertionError("a key that others read was taken");
  }

  @Test
  void login_clientCredentials_asksTheIssuersEndpoint() throws Exception {
    HttpsServer issuer = issuer();
    try {
      String address = "https://localhost:" + issuer.getAddress().getPort();
      Map<String, String> environment =
          Map.of("XDG_CONFIG_HOME", directory.toString(), "ROTE_CLIENT_SECRET", "s3cret");
      String authority = directory.resolve("issuer.pem").toString();
      CommandLineRun login =
          run(
              environment,
              "login",
              "--issuer",
              address,
              "--client",
              "ci",
              "--audience",
              "rote",
              "--authority",
              authority);

      assertThat(login.exitCode()).as(login.err()).isEqualTo(ExitCodes.OK);
      assertThat(file()).hasContent("granted-token");
      assertThat(asked)
          .containsExactly(
              "Basic "
                  + Base64.getEncoder()
                      .encodeToString("ci:s3cret".getBytes(StandardCharsets.UTF_8)),
              "grant_type=client_credentials&audience=rote");
      CommandLineRun refused =
          run(
              environment,
              "login",
              "--issuer",
              address,
              "--client",
              "no",
              "--authority",
              authority);
      assertThat(refused.exitCode()).isEqualTo(ExitCodes.INVALID);
      assertThat(refused.err())
          .contains("refused with 401: invalid_client")
          .doesNotContain("s3cret");
      CommandLineRun untrusted = run(environment, "login", "--issuer", address, "--client", "ci");
      assertThat(untrusted.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
      assertThat(file()).hasContent("granted-token");
    } finally {
      issuer.stop(0);
    }
  }

  @Test
  void login_withoutSecretOrHttps_isRefused() {
    assertThat(run(configuration(), "login", "--issuer", "https://x", "--client", "ci").err())
        .contains("ROTE_CLIENT_SECRET");
    assertThat(run(configuration(), "login", "--issuer", "http://x", "--client", "ci").err())
        .contains("--issuer must be https://");
  }

  private HttpsServer issuer() throws Exception {
    Path store = directory.resolve("issuer.p12");
    keytool("-genkeypair -keyalg EC -dname CN=localhost -ext san=dns:localhost", store);
    keytool("-exportcert -rfc -file " + directory.resolve("issuer.pem"), store);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
    server.createContext(
        "/.well-known/openid-configuration",
        exchange ->
            answer(
                exchange,
                200,
                "{\"token_endpoint\": \"https://localhost:%d/token\"}"
                    .formatted(server.getAddress().getPort())));
    server.createContext(
        "/token",
        exchange -> {
          String authorization = exchange.getRequestHeaders().getFirst("Authorization");
          if (!authorization.endsWith("Y2k6czNjcmV0")) {
            answer(exchange, 401, "{\"error\": \"invalid_client\"}");
            return;
          }
          asked.add(authorization);
          asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          answer(exchange, 200, "{\"access_token\": \"granted-token\", \"expires_in\": 300}");
        });
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void keytool(String arguments, Path store) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ", -1)));
    command.addAll(
        List.of("-alias", "issuer", "-keystore", store.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0).as(said).isTrue();
  }

  private static SSLContext context(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
