package dev.rote.it;

import dev.rote.testkit.TestAuthority.Issued;
import dev.rote.testkit.TestStack;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A broker as that of a cluster: users come by SASL SCRAM over TLS and may do what rules allow. Who
 * comes from inside, in plain text, may do all.
 *
 * @param server the broker
 * @param inside address for who sets it up
 * @param outside address for users
 */
record EncryptedBroker(KafkaRaftServer server, String inside, String outside)
    implements AutoCloseable {
  private static final String CLIENTS = "listener.name.clients.";

  /**
   * Starts a broker.
   *
   * @param users passwords by name
   */
  static EncryptedBroker start(Path directory, Issued files, Map<String, String> users)
      throws Exception {
    Formatter formatter = new Formatter();
    formatter
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .addDirectory(directory.toString())
        .setMetadataLogDirectory(directory.toString())
        .setControllerListenerName("CONTROLLER")
        .setScramArguments(
            users.entrySet().stream()
                .map(user -> scram(user.getKey(), user.getValue()))
                .collect(Collectors.toList()))
        .run();
    String controller = "127.0.0.1:" + TestStack.freePort();
    String inside = "127.0.0.1:" + TestStack.freePort();
    String outside = "localhost:" + TestStack.freePort();
    Map<String, String> config = new HashMap<>();
    config.put("process.roles", "broker,controller");
    config.put("node.id", "1");
    config.put("log.dirs", directory.toString());
    config.put(
        "listeners",
        "CONTROLLER://%s,INSIDE://%s,CLIENTS://%s".formatted(controller, inside, outside));
    config.put("advertised.listeners", "INSIDE://%s,CLIENTS://%s".formatted(inside, outside));
    config.put(
        "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,INSIDE:PLAINTEXT,CLIENTS:SASL_SSL");
    config.put("inter.broker.listener.name", "INSIDE");
    config.put("controller.listener.names", "CONTROLLER");
    config.put("controller.quorum.voters", "1@" + controller);
    config.put(CLIENTS + "sasl.enabled.mechanisms", "SCRAM-SHA-512");
    config.put(
        CLIENTS + "scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    config.put(CLIENTS + "ssl.keystore.type", "PEM");
    config.put(CLIENTS + "ssl.keystore.certificate.chain", Files.readString(files.certificate()));
    config.put(CLIENTS + "ssl.keystore.key", Files.readString(files.key()));
    config.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    config.put("super.users", "User:ANONYMOUS");
    config.put("auto.create.topics.enable", "false");
    config.put("group.initial.rebalance.delay.ms", "0");
    for (String topic : List.of("offsets.topic", "transaction.state.log")) {
      config.put(topic + ".replication.factor", "1");
      config.put(topic + ".num.partitions", "1");
    }
    config.put("transaction.state.log.min.isr", "1");
    config.put("share.coordinator.state.topic.replication.factor", "1");
    config.put("share.coordinator.state.topic.min.isr", "1");
    config.put("share.coordinator.state.topic.num.partitions", "1");
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(config), Time.SYSTEM);
    server.startup();
    return new EncryptedBroker(server, inside, outside);
  }

  private static String scram(String name, String password) {
    return "SCRAM-SHA-512=[name=%s,password=%s]".formatted(name, password);
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
