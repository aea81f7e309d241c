package io.quarkus.bootstrap.runner;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A service of two pages under the name that services have: it is ready, and it writes a long log.
 */
public final class QuarkusEntryPoint {

  private QuarkusEntryPoint() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/q/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.createContext(
        "/flood",
        exchange -> {
          for (int line = 0; line < 400_000; line++) {
            System.out.println("line " + line + " of a service that has much to say about itself");
          }
          System.out.println("the flood is over");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    System.out.println("ready at " + port + " with " + System.getenv("ROTE_KAFKA"));
  }
}
