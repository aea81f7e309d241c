package dev.rote.sweeps.page;

import dev.rote.access.AccessRefused;
import dev.rote.access.Doorkeeper;
import dev.rote.sweeps.config.SweepsConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every request of a page passes first. Browsers carry out what strangers' pages ask: so a
 * request must name this machine, which a name that was made to lead here does not, one that
 * changes something must come from a page of ours, and what is answered may load, frame and ask
 * nothing but ours. Health and metrics are for programs, and pass.
 */
@Singleton
class PageGate {
  /** Name of the cookie that holds the key of the door of calls. */
  static final String KEY = "rote-key";

  private static final String READ = "rote.v1.SweepsService/GetSweep";
  private static final String KEY_PARAMETER = "key";
  private static final Set<String> ELSEWHERE = Set.of("cross-site", "same-site");
  private static final int FIRST = 1_000;
  private static final String FOR_PROGRAMS = "/q/";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final Set<String> hosts;
  private final Doorkeeper doorkeeper;

  PageGate(SweepsConfig config, Doorkeeper doorkeeper) {
    this.doorkeeper = doorkeeper;
    this.hosts = config.page().hosts().map(Set::copyOf).orElse(Set.of());
  }

  void register(@Observes Filters filters) {
    filters.register(this::pass, FIRST);
  }

  private void pass(RoutingContext context) {
    HttpServerRequest request = context.request();
    /* As routes see it: without the dots of what only begins like a path for programs. */
    String path = context.normalizedPath();
    if (path.startsWith(FOR_PROGRAMS)) {
      context.next();
      return;
    }
    head(request.response().headers(), path);
    @Nullable HostAndPort asked = request.authority();
    if (asked == null || !(LOOPBACK.contains(asked.host()) || hosts.contains(asked.host()))) {
      refuse(
          context,
          421,
          "This page answers to localhost and to the names in ROTE_PAGE_HOSTS; it was asked for by"
              + " another.");
    } else if (changes(request.method()) && !isOurs(request, asked)) {
      refuse(
          context,
          403,
          "This was sent by another page: open the page itself and do it from there.");
    } else if (request.getParam(KEY_PARAMETER) != null) {
      take(context, request.getParam(KEY_PARAMETER));
    } else {
      @Nullable Cookie key = request.getCookie(KEY);
      if (isAdmitted(context, key == null ? null : key.getValue())) {
        context.next();
      }
    }
  }

  /* Pages show what readers may see; what they do is asked of the door of calls with the same key. */
  private boolean isAdmitted(RoutingContext context, @Nullable String key) {
    try {
      doorkeeper.admit(READ, key == null ? null : "Bearer " + key);
      return true;
    } catch (AccessRefused refused) {
      refuse(
          context,
          refused.reason() == AccessRefused.Reason.ROLE_MISSING ? 403 : 401,
          "This page asks for a key: open the address that 'rote up' prints, or add ?key=KEY to this"
              + " one. It is read from a cookie, which this request has none of, or one of a key"
              + " that is let in no more.");
      return false;
    }
  }

  /* A stranger's link would have whoever follows it submit and steer under the stranger's name. */
  private void take(RoutingContext context, String written) {
    String key = written.replaceAll("[^A-Za-z0-9._~+/=-]", "");
    if (ELSEWHERE.contains(
        Objects.requireNonNullElse(context.request().getHeader("Sec-Fetch-Site"), ""))) {
      refuse(
          context,
          403,
          "This address with a key is a link of another page: paste it into the browser if it is"
              + " yours.");
    } else if (isAdmitted(context, key)) {
      keep(context, key);
    }
  }

  /** The key of an address that was opened goes where no script and no other page sees it. */
  private static void keep(RoutingContext context, String key) {
    Cookie cookie =
        Cookie.cookie(KEY, key)
            .setPath("/")
            .setHttpOnly(true)
            .setSecure(context.request().isSSL())
            .setSameSite(CookieSameSite.STRICT);
    context
        .response()
        .addCookie(cookie)
        .setStatusCode(303)
        .putHeader("Location", context.normalizedPath())
        .end();
  }

  private static void head(MultiMap headers, String path) {
    headers
        .set("Content-Security-Policy", POLICY)
        .set("X-Content-Type-Options", "nosniff")
        .set("Referrer-Policy", "same-origin")
        .set("Cross-Origin-Opener-Policy", "same-origin")
        .set("Cross-Origin-Resource-Policy", "same-origin");
    if (!path.startsWith("/webjars/")) {
      headers.set("Cache-Control", "no-cache");
    }
  }

  private static boolean changes(HttpMethod method) {
    return !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
  }

  /** Browsers say where a request comes from by one header or the other; programs by none. */
  private static boolean isOurs(HttpServerRequest request, HostAndPort asked) {
    @Nullable String site = request.getHeader("Sec-Fetch-Site");
    @Nullable String origin = request.getHeader("Origin");
    String host = asked.host() + (asked.port() > 0 ? ":" + asked.port() : "");
    boolean sameSite = site == null || site.equals("same-origin");
    boolean sameOrigin =
        origin == null || origin.equals("http://" + host) || origin.equals("https://" + host);
    return sameSite && sameOrigin;
  }

  private static void refuse(RoutingContext context, int status, String words) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end(words + "\n");
  }
}
