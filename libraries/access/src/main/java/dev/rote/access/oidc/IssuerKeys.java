package dev.rote.access.oidc;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that an issuer signs with, as they were when it was asked last: every few minutes, and
 * soon after a token was signed by another. No call waits for the issuer.
 */
public final class IssuerKeys implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);
  private static final Duration PERIOD = Duration.ofMinutes(5);
  private static final Duration UNTIL_FIRST = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final OidcSettings settings;
  private final HttpClient http;
  private final Duration pause;
  private final ScheduledExecutorService asking =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "rote-oidc-keys");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicLong asked = new AtomicLong(System.nanoTime());
  private volatile @Nullable List<JsonWebKey> keys;

  /** Begins to ask. */
  public IssuerKeys(OidcSettings settings) {
    this(settings, PAUSE);
  }

  /**
   * @param pause tokens that anybody may make up ask the issuer no more often
   */
  IssuerKeys(OidcSettings settings, Duration pause) {
    this.settings = settings;
    this.pause = pause;
    this.http = TrustedHttp.client(settings.authority());
    asking.execute(this::ask);
  }

  /** The keys; empty while the issuer has not answered yet. */
  Optional<List<JsonWebKey>> now() {
    return Optional.ofNullable(keys);
  }

  /** A token was signed by a key that is none of them. */
  void askSoon() {
    long last = asked.get();
    long now = System.nanoTime();
    if (now - last > pause.toNanos() && asked.compareAndSet(last, now)) {
      asking.execute(this::look);
    }
  }

  private void ask() {
    look();
    Duration next = keys == null ? UNTIL_FIRST : PERIOD;
    if (!asking.isShutdown()) {
      var unused = asking.schedule(this::ask, next.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    try {
      URI at = settings.keys().isPresent() ? settings.keys().get() : discovered();
      keys = List.copyOf(new JsonWebKeySet(get(at)).getJsonWebKeys());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      // Whatever it is, the keys of before go on, and the issuer is asked again.
      log.warn("the keys of {} cannot be read: {}", settings.issuer(), e.toString());
    }
  }

  private URI discovered() throws Exception {
    String base = settings.issuer().toString().replaceAll("/+$", "");
    Map<String, Object> configuration =
        JsonUtil.parseJson(get(URI.create(base + "/.well-known/openid-configuration")));
    if (!settings.issuer().toString().equals(configuration.get("issuer"))) {
      throw new JoseException(
          "its configuration is that of another issuer, " + configuration.get("issuer"));
    }
    URI at = URI.create(String.valueOf(configuration.get("jwks_uri")));
    if (!"https".equals(at.getScheme())) {
      throw new JoseException("its configuration has keys at " + at + ", which is not https://");
    }
    return at;
  }

  private String get(URI address) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(address).timeout(PATIENCE).build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new JoseException(address + " answered with the status " + answer.statusCode());
    }
    return answer.body();
  }

  @Override
  public void close() {
    asking.shutdownNow();
  }
}
