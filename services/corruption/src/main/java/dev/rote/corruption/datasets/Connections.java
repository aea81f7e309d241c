package dev.rote.corruption.datasets;

import dev.rote.corruption.datasets.Hosts.NotAskedException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** Asks addresses over HTTP, of hosts that may be asked, and goes where they redirect to. */
final class Connections {
  private static final int MOST_REDIRECTS = 5;

  /** 301, 302, 303, 307 and 308. */
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Hosts hosts;

  Connections(Hosts hosts) {
    this.hosts = hosts;
  }

  /**
   * A request.
   *
   * @param patience bound of connecting, and of each wait for more bytes
   */
  record Request(String method, Map<String, String> headers, Duration patience) {}

  /**
   * Asks an address; the answer is no redirect unless none are followed.
   *
   * @return connected, which the caller ends
   * @throws NotAskedException when it leads where nothing is asked
   */
  HttpURLConnection ask(URI address, Request request) throws IOException {
    URI at = address;
    for (int redirects = 0; ; redirects++) {
      HttpURLConnection connection = open(at, request);
      boolean kept = false;
      try {
        boolean leads = REDIRECTS.contains(connection.getResponseCode()) && hosts != Hosts.NAMED;
        if (!leads) {
          kept = true;
          return connection;
        }
        if (redirects == MOST_REDIRECTS) {
          throw new NotAskedException("it redirects more than " + MOST_REDIRECTS + " times");
        }
        at = target(at, connection.getHeaderField("Location"));
      } finally {
        if (!kept) {
          connection.disconnect();
        }
      }
    }
  }

  private static URI target(URI from, @Nullable String location) throws IOException {
    try {
      URI to = from.resolve(new URI(String.valueOf(location)));
      if (!"https".equalsIgnoreCase(to.getScheme()) || to.getHost() == null) {
        throw new NotAskedException("it redirects to what is no https address");
      }
      return to;
    } catch (URISyntaxException e) {
      throw new NotAskedException("it redirects to what is no https address");
    }
  }

  private HttpURLConnection open(URI address, Request request) throws IOException {
    hosts.check(address.getHost());
    URLConnection connection = address.toURL().openConnection();
    if (!(connection instanceof HttpURLConnection http)) {
      throw new NotAskedException("it must be an http or https address");
    }
    if (connection instanceof HttpsURLConnection https && isDirect(address)) {
      https.setSSLSocketFactory(
          new CheckedSockets(HttpsURLConnection.getDefaultSSLSocketFactory(), hosts));
    }
    http.setInstanceFollowRedirects(false);
    http.setRequestMethod(request.method);
    request.headers.forEach(http::setRequestProperty);
    http.setConnectTimeout((int) request.patience.toMillis());
    http.setReadTimeout((int) request.patience.toMillis());
    return http;
  }

  /* Connections by a proxy are made to the proxy, which a setting of the machine names. */
  private static boolean isDirect(URI address) {
    return ProxySelector.getDefault().select(address).stream()
        .allMatch(proxy -> proxy.type() == Proxy.Type.DIRECT);
  }
}
