package dev.rote.workqueue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/**
 * Where Kafka is, and who asks it.
 *
 * @param servers bootstrap servers, {@code host:port,…}
 * @param user who asks; empty where Kafka asks for no name
 * @param tls how connections are encrypted; empty where they are not
 */
public record KafkaCluster(String servers, Optional<User> user, Optional<Tls> tls) {
  private static final String PLAIN = "PLAIN";
  private static final Set<String> MECHANISMS = Set.of(PLAIN, "SCRAM-SHA-256", "SCRAM-SHA-512");
  private static final String PEM = "PEM";

  /**
   * A user of Kafka.
   *
   * @param name without quotation marks, as the password
   * @param password with the mechanism PLAIN shown to the broker as it is: a network between must
   *     be trusted, or encrypt
   * @param mechanism of SASL: PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512
   */
  public record User(String name, String password, String mechanism) {
    public User {
      if ((name + password).matches("(?s).*[\"\\\\;\\p{Cntrl}].*")) {
        throw new IllegalArgumentException(
            "the user of Kafka and its password (rote.kafka-user, rote.kafka-password) must have no"
                + " quotation marks, semicolons and backslashes");
      }
      if (!MECHANISMS.contains(mechanism)) {
        throw new IllegalArgumentException(
            "rote.kafka-mechanism must be PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512, was " + mechanism);
      }
    }

    private String login() {
      Class<?> module = mechanism.equals(PLAIN) ? PlainLoginModule.class : ScramLoginModule.class;
      return "%s required username=\"%s\" password=\"%s\";"
          .formatted(module.getName(), name, password);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * Files of PEM, read when settings of a client are made.
   *
   * @param ca authorities that the brokers' certificates are of; empty for those of the JVM
   * @param certificate chain that clients show; empty for none
   * @param key its private key, PKCS#8
   */
  public record Tls(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
    public Tls {
      if (certificate.isPresent() != key.isPresent()) {
        throw new IllegalArgumentException(
            "rote.kafka-tls.certificate and rote.kafka-tls.key belong together: one is missing");
      }
    }

    private void addTo(Map<String, Object> settings) {
      ca.ifPresent(
          file -> {
            settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
            settings.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, text(file));
          });
      certificate.ifPresent(
          file -> {
            settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
            settings.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, text(file));
            settings.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, text(key.orElseThrow()));
          });
    }

    private static String text(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new UncheckedIOException(file + " for connections to Kafka cannot be read", e);
      }
    }
  }

  public KafkaCluster {
    BootstrapServers.checked(servers);
  }

  /** A cluster that asks nobody. */
  public static KafkaCluster open(String servers) {
    return new KafkaCluster(servers, Optional.empty(), Optional.empty());
  }

  /** A cluster that asks by SASL PLAIN, where there is a name; else as {@link #open}. */
  public static KafkaCluster of(String servers, Optional<String> name, Optional<String> password) {
    return of(servers, name, password, PLAIN);
  }

  /** A cluster that asks by SASL, where there is a name; else as {@link #open}. */
  public static KafkaCluster of(
      String servers, Optional<String> name, Optional<String> password, String mechanism) {
    return new KafkaCluster(
        servers,
        name.map(known -> new User(known, password.orElse(""), mechanism)),
        Optional.empty());
  }

  /** The same by encrypted connections. */
  public KafkaCluster encrypted(Tls files) {
    return new KafkaCluster(servers, user, Optional.of(files));
  }

  /**
   * Settings of a client: those given, and how it gets to the cluster.
   *
   * @throws UncheckedIOException when a certificate or key cannot be read
   */
  public Map<String, Object> client(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
    if (user.isPresent() || tls.isPresent()) {
      all.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol().name);
    }
    tls.ifPresent(files -> files.addTo(all));
    user.ifPresent(
        known -> {
          all.put(SaslConfigs.SASL_MECHANISM, known.mechanism());
          all.put(SaslConfigs.SASL_JAAS_CONFIG, known.login());
        });
    return all;
  }

  private SecurityProtocol protocol() {
    if (user.isEmpty()) {
      return SecurityProtocol.SSL;
    }
    return tls.isPresent() ? SecurityProtocol.SASL_SSL : SecurityProtocol.SASL_PLAINTEXT;
  }

  @Override
  public String toString() {
    return servers;
  }
}
