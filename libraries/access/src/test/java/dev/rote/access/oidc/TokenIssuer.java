package dev.rote.access.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** An issuer of tokens on a port of this machine, with its configuration and keys over HTTPS. */
public final class TokenIssuer implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final HttpServer server;
  private final Path certificate;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile RsaJsonWebKey key;

  public TokenIssuer(Path directory) throws Exception {
    Path store = directory.resolve("issuer.p12");
    certificate = directory.resolve("issuer.pem");
    keytool(
        "-genkeypair",
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD,
        "-alias",
        "issuer",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost,ip:127.0.0.1");
    keytool(
        "-exportcert",
        "-rfc",
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD,
        "-alias",
        "issuer",
        "-file",
        certificate.toString());
    key = newKey("first");
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(context(store)));
    server = https;
    server.createContext(
        "/.well-known/openid-configuration",
        exchange -> {
          String text =
              "{\"issuer\": \"%s\", \"jwks_uri\": \"%s/keys\"}".formatted(address(), address());
          answer(exchange, text);
        });
    server.createContext(
        "/keys",
        exchange -> {
          asked.incrementAndGet();
          answer(
              exchange, new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
        });
    server.start();
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static void keytool(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("keytool: " + said);
    }
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

  public static RsaJsonWebKey newKey(String id) throws JoseException {
    RsaJsonWebKey made = RsaJwkGenerator.generateJwk(2048);
    made.setKeyId(id);
    return made;
  }

  /** From now on it signs with another key, and tells that one alone. */
  void exchange(RsaJsonWebKey next) {
    key = next;
  }

  RsaJsonWebKey key() {
    return key;
  }

  public URI address() {
    return URI.create("https://localhost:" + server.getAddress().getPort());
  }

  public Path certificate() {
    return certificate;
  }

  /** How often its keys were asked for. */
  int asked() {
    return asked.get();
  }

  /** Claims of a sound token for an audience. */
  public JwtClaims claims(String audience) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(address().toString());
    claims.setAudience(audience);
    claims.setSubject("ada");
    claims.setExpirationTimeMinutesInTheFuture(10);
    claims.setStringListClaim("roles", "submitter", "elsewhere");
    claims.setStringListClaim("groups", "vision");
    return claims;
  }

  public String sign(JwtClaims claims) throws JoseException {
    return sign(claims, key);
  }

  public static String sign(JwtClaims claims, RsaJsonWebKey key) throws JoseException {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    return signature.getCompactSerialization();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
