package dev.rote.runtime;

import dev.rote.access.grpc.Tls;
import io.quarkus.arc.Unremovable;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.inject.Singleton;
import javax.net.ssl.X509ExtendedKeyManager;

/** Has both servers ask {@link Tls} at each handshake, so that a renewed certificate is shown. */
@Singleton
@Unremovable
class TlsServers
    implements ServerBuilderCustomizer<VertxServerBuilder>, HttpServerOptionsCustomizer {
  private final Tls tls;

  TlsServers(Tls tls) {
    this.tls = tls;
  }

  @Override
  public void customize(GrpcServerConfiguration config, VertxServerBuilder server) {
    tls.identity().ifPresent(identity -> server.useSsl(options -> prove(options, identity)));
    tls.trust()
        .ifPresent(
            authorities ->
                server.useSsl(options -> options.setTrustOptions(TrustOptions.wrap(authorities))));
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    tls.identity().ifPresent(identity -> prove(options, identity));
  }

  private static void prove(HttpServerOptions options, X509ExtendedKeyManager identity) {
    options.setKeyCertOptions(KeyCertOptions.wrap(identity));
  }
}
