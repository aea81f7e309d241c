package dev.rote.runtime;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * What {@link ServiceConfig.PortTls} means for the servers: where a certificate is set, both ports
 * take encrypted connections alone, each at the number that it has anyway.
 */
public final class TlsSettings implements ConfigSourceFactory {
  /* Above application.properties, below the environment. */
  private static final int ORDINAL = 275;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    Optional<String> certificate = value(context, "rote.tls.certificate");
    Optional<String> key = value(context, "rote.tls.key");
    if (certificate.isEmpty() || key.isEmpty()) {
      return List.of();
    }
    Map<String, String> settings = new HashMap<>();
    settings.put("quarkus.tls.key-store.pem.rote.cert", certificate.get());
    settings.put("quarkus.tls.key-store.pem.rote.key", key.get());
    settings.put("quarkus.http.insecure-requests", "disabled");
    value(context, "quarkus.http.port")
        .ifPresent(port -> settings.put("quarkus.http.ssl-port", port));
    settings.put("quarkus.grpc.server.plain-text", "false");
    if (value(context, "rote.tls.clients").filter(Boolean::parseBoolean).isPresent()) {
      settings.put("quarkus.grpc.server.ssl.client-auth", "required");
    }
    return List.of(new PropertiesConfigSource(settings, "encrypted ports", ORDINAL));
  }

  private static Optional<String> value(ConfigSourceContext context, String name) {
    return Optional.ofNullable(context.getValue(name))
        .map(ConfigValue::getValue)
        .filter(text -> !text.isBlank());
  }
}
