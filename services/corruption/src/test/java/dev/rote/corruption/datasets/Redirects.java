package dev.rote.corruption.datasets;

import com.sun.net.httpserver.HttpServer;

/** Answers of a server that lead elsewhere. */
final class Redirects {
  private Redirects() {}

  static void add(HttpServer server, String from, String to) {
    server.createContext(
        from,
        exchange -> {
          exchange.getResponseHeaders().set("Location", to);
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
  }
}
