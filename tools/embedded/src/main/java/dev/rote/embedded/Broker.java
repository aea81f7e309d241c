package dev.rote.embedded;

import dev.rote.access.KeyHash;
import dev.rote.access.grpc.TlsFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker and controller in this JVM.
 *
 * <p>What was acknowledged survives an end by {@code kill -9}: the operating system has it. A start
 * on the same directory goes on from there.
 */
public final class Broker implements AutoCloseable {

  private static final int NODE_ID = 1;
  private static final String BROKER = "broker";
  private static final String FORMATTED = "meta.properties";

  private final BrokerSettings settings;
  private final KafkaRaftServer server;

  private Broker(BrokerSettings settings, KafkaRaftServer server) {
    this.settings = settings;
    this.server = server;
  }

  /** Starts a broker and waits until it serves clients. */
  public static Broker start(BrokerSettings settings) {
    format(settings.directory());
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(config(settings)), Time.SYSTEM);
    server.startup();
    return new Broker(settings, server);
  }

  /** {@code host:port} of its first listener. */
  public String bootstrapServers() {
    return settings.listeners().get(0).advertised();
  }

  void awaitShutdown() {
    server.awaitShutdown();
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path directory) {
    try {
      Files.createDirectories(directory);
      if (Files.exists(directory.resolve(FORMATTED))) {
        return;
      }
      // A start that was killed while it formatted leaves no cluster id; nothing of value is there
      // yet.
      Formatter formatter = new Formatter();
      formatter
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .addDirectory(directory.toString())
          .setMetadataLogDirectory(directory.toString())
          .setControllerListenerName("CONTROLLER")
          .setIgnoreFormatted(true)
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException("broker directory " + directory + " cannot be made", e);
    } catch (Exception e) {
      throw new IllegalStateException(
          "broker directory " + directory + " cannot be formatted: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> config(BrokerSettings settings) {
    Map<String, String> config = new HashMap<>();
    config.putAll(identity(settings));
    config.putAll(listeners(settings));
    config.putAll(doors(settings));
    config.putAll(certificates(settings.tls()));
    config.putAll(singleNode());
    config.putAll(groups());
    config.putAll(smallness());
    return config;
  }

  private static Map<String, String> identity(BrokerSettings settings) {
    return Map.of(
        "process.roles", "broker,controller",
        "node.id", Integer.toString(NODE_ID),
        "log.dirs", settings.directory().toString(),
        "auto.create.topics.enable", "false",
        // After a kill, the next start is let in when the session of the dead one has run out; a
        // machine that is busy beyond measure must not look dead.
        "broker.session.timeout.ms", "6000",
        "broker.heartbeat.interval.ms", "1000");
  }

  private static Map<String, String> listeners(BrokerSettings settings) {
    String controller = Ports.LOOPBACK + ":" + settings.controllerPort();
    StringJoiner bound = new StringJoiner(",").add("CONTROLLER://" + controller);
    StringJoiner advertised = new StringJoiner(",");
    String sasl = settings.users().isEmpty() ? "" : "SASL_";
    String plain = sasl + "PLAINTEXT";
    StringJoiner protocols = new StringJoiner(",").add("CONTROLLER:" + plain);
    String protocol = settings.tls().certificate().isPresent() ? sasl + "SSL" : plain;
    for (int i = 0; i < settings.listeners().size(); i++) {
      Listener listener = settings.listeners().get(i);
      String name = clients(i);
      bound.add("%s://%s:%d".formatted(name, listener.bind(), listener.port()));
      advertised.add(name + "://" + listener.advertised());
      protocols.add(name + ":" + protocol);
    }
    return Map.of(
        "listeners", bound.toString(),
        "advertised.listeners", advertised.toString(),
        "listener.security.protocol.map", protocols.toString(),
        "inter.broker.listener.name", clients(0),
        "controller.listener.names", "CONTROLLER",
        "controller.quorum.voters", NODE_ID + "@" + controller);
  }

  /* The broker comes to its controller, and to itself, under a name and a password of this start alone. */
  private static Map<String, String> doors(BrokerSettings settings) {
    Map<String, String> config = new HashMap<>();
    if (settings.users().isEmpty()) {
      return config;
    }
    String own = KeyHash.newKey();
    StringBuilder known = new StringBuilder(entry("user_" + BROKER, own));
    settings.users().forEach((name, password) -> known.append(entry("user_" + name, password)));
    String module = PlainLoginModule.class.getName() + " required";
    String self = entry("username", BROKER) + entry("password", own);
    for (int i = 0; i < settings.listeners().size(); i++) {
      config.put(jaas(clients(i)), module + self + known + ";");
    }
    config.put(jaas("CONTROLLER"), module + self + entry("user_" + BROKER, own) + ";");
    config.put("sasl.enabled.mechanisms", "PLAIN");
    config.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    config.put("sasl.mechanism.controller.protocol", "PLAIN");
    return config;
  }

  private static Map<String, String> certificates(TlsFiles files) {
    Map<String, String> config = new HashMap<>();
    files
        .certificate()
        .ifPresent(
            chain -> {
              config.put("ssl.keystore.type", "PEM");
              config.put("ssl.keystore.certificate.chain", text(chain));
              config.put("ssl.keystore.key", text(files.key().orElseThrow()));
            });
    files
        .ca()
        .ifPresent(
            authorities -> {
              config.put("ssl.truststore.type", "PEM");
              config.put("ssl.truststore.certificates", text(authorities));
            });
    return config;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " for the broker's listeners cannot be read", e);
    }
  }

  private static String jaas(String listener) {
    return "listener.name." + listener.toLowerCase(Locale.ROOT) + ".plain.sasl.jaas.config";
  }

  private static String entry(String name, String value) {
    return " %s=\"%s\"".formatted(name, value);
  }

  private static String clients(int index) {
    return "CLIENTS" + index;
  }

  private static Map<String, String> singleNode() {
    Map<String, String> config = new HashMap<>();
    config.put("default.replication.factor", "1");
    config.put("min.insync.replicas", "1");
    for (String topic : new String[] {"offsets.topic", "transaction.state.log"}) {
      config.put(topic + ".replication.factor", "1");
      config.put(topic + ".num.partitions", "1");
    }
    config.put("transaction.state.log.min.isr", "1");
    config.put("share.coordinator.state.topic.replication.factor", "1");
    config.put("share.coordinator.state.topic.min.isr", "1");
    config.put("share.coordinator.state.topic.num.partitions", "1");
    return config;
  }

  /* Members are noticed, given partitions, and missed within seconds. */
  private static Map<String, String> groups() {
    Map<String, String> config = new HashMap<>();
    config.put("group.initial.rebalance.delay.ms", "0");
    config.put("group.streams.initial.rebalance.delay.ms", "0");
    for (String protocol : new String[] {"consumer", "share", "streams"}) {
      String prefix = "group." + protocol + ".";
      config.put(prefix + "min.heartbeat.interval.ms", "500");
      config.put(prefix + "heartbeat.interval.ms", "1000");
      config.put(prefix + "assignment.interval.ms", "0");
      config.put(prefix + "min.session.timeout.ms", "6000");
      config.put(prefix + "session.timeout.ms", "10000");
    }
    config.put("group.share.record.lock.duration.ms", "15000");
    config.put("group.share.min.record.lock.duration.ms", "1000");
    config.put("group.share.delivery.count.limit", "10");
    return config;
  }

  /* Buffers, threads and files for one user: the defaults are for a machine that does nothing else. */
  private static Map<String, String> smallness() {
    Map<String, String> config = new HashMap<>();
    config.put("num.network.threads", "2");
    config.put("num.io.threads", "2");
    config.put("background.threads", "2");
    config.put("log.segment.bytes", Integer.toString(16 << 20));
    config.put("log.index.size.max.bytes", Integer.toString(256 << 10));
    config.put("log.cleaner.threads", "1");
    config.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
    config.put("log.cleaner.io.buffer.size", Integer.toString(256 << 10));
    config.put("metadata.max.idle.interval.ms", "5000");
    config.put("metadata.log.segment.bytes", Integer.toString(8 << 20));
    config.put("offsets.topic.segment.bytes", Integer.toString(8 << 20));
    config.put("offsets.load.buffer.size", Integer.toString(1 << 20));
    config.put("transaction.state.log.segment.bytes", Integer.toString(8 << 20));
    config.put("transaction.state.log.load.buffer.size", Integer.toString(1 << 20));
    config.put("share.coordinator.state.topic.segment.bytes", Integer.toString(8 << 20));
    config.put("share.coordinator.load.buffer.size", Integer.toString(1 << 20));
    return config;
  }
}
