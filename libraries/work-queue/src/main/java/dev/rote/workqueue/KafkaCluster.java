package dev.rote.workqueue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.plain.PlainLoginModule;

/**
 * Where Kafka is, and who asks it.
 *
 * @param servers bootstrap servers, {@code host:port,…}
 * @param user who asks; empty where Kafka asks nobody
 */
public record KafkaCluster(String servers, Optional<User> user) {

  /**
   * A user of Kafka.
   *
   * @param name without quotation marks, as the password
   * @param password shown to the broker as it is: a network between must be trusted, or encrypt
   */
  public record User(String name, String password) {
    public User {
      if ((name + password).matches("(?s).*[\"\\\\;\\p{Cntrl}].*")) {
        throw new IllegalArgumentException(
            "the user of Kafka and its password (rote.kafka-user, rote.kafka-password) must have no"
                + " quotation marks, semicolons and backslashes");
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  public KafkaCluster {
    BootstrapServers.checked(servers);
  }

  /** A cluster that asks nobody. */
  public static KafkaCluster open(String servers) {
    return new KafkaCluster(servers, Optional.empty());
  }

  /** A cluster that asks by SASL PLAIN, where there is a name; else as {@link #open}. */
  public static KafkaCluster of(String servers, Optional<String> name, Optional<String> password) {
    return new KafkaCluster(servers, name.map(known -> new User(known, password.orElse(""))));
  }

  /** Settings of a client: those given, and how it gets to the cluster. */
  public Map<String, Object> client(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
    user.ifPresent(
        known -> {
          all.put(
              CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, SecurityProtocol.SASL_PLAINTEXT.name);
          all.put(SaslConfigs.SASL_MECHANISM, "PLAIN");
          all.put(
              SaslConfigs.SASL_JAAS_CONFIG,
              "%s required username=\"%s\" password=\"%s\";"
                  .formatted(PlainLoginModule.class.getName(), known.name(), known.password()));
        });
    return all;
  }

  @Override
  public String toString() {
    return servers;
  }
}
