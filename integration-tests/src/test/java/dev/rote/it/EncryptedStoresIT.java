package dev.rote.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.access.KeyHash;
import dev.rote.access.grpc.Tls;
import dev.rote.access.grpc.TlsFiles;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreSettings;
import dev.rote.artifacts.S3ObjectStore;
import dev.rote.embedded.ObjectStoreServer;
import dev.rote.testkit.TestAuthority;
import dev.rote.testkit.TestAuthority.Issued;
import dev.rote.testkit.TestStack;
import dev.rote.workqueue.KafkaCluster;
import dev.rote.workqueue.WorkKind;
import dev.rote.workqueue.WorkTopics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka by SASL SCRAM over TLS with the rules of production, and an object store by https. */
class EncryptedStoresIT {
  private static final String TRAINER = "rote-trainer";

  @TempDir Path folder;

  private Issued files;
  private Path ca;
  private Path others;

  @BeforeEach
  void issue() throws Exception {
    TestAuthority authority = new TestAuthority("ours");
    ca = authority.write(folder.resolve("ca.crt"));
    others = new TestAuthority("others").write(folder.resolve("others.crt"));
    files = new Issued(folder.resolve("server.crt"), folder.resolve("server.key"));
    authority.issue(files);
  }

  @Test
  void shouldAskForNamesAndHoldThemToTheRulesOfProductionWhenKafkaIsEncrypted() throws Exception {
    String password = KeyHash.newKey();
    try (EncryptedBroker broker =
        EncryptedBroker.start(folder.resolve("kafka"), files, Map.of(TRAINER, password))) {
      String workflow = WorkTopics.WORKFLOW;
      try (Admin inside = Admin.create(Map.of("bootstrap.servers", broker.inside()))) {
        inside
            .createTopics(
                List.of(
                    new NewTopic(workflow, 1, (short) 1),
                    new NewTopic(WorkKind.VARIANTS.topic(), 1, (short) 1)))
            .all()
            .get();
        inside.createAcls(Objects.requireNonNull(ProductionUsers.rules().get(TRAINER))).all().get();
      }
      KafkaCluster cluster = cluster(broker, password, ca);
      try (Admin trainer = Admin.create(cluster.client(Map.of()))) {
        WorkTopics.ensure(trainer, WorkKind.TRIALS);
        assertThatThrownBy(() -> WorkTopics.ensure(trainer, WorkKind.MEASUREMENTS))
            .isInstanceOf(TopicAuthorizationException.class);
      }
      write(cluster, workflow);
      write(cluster, WorkKind.TRIALS.topic());
      assertThatThrownBy(() -> write(cluster, WorkKind.VARIANTS.topic()))
          .hasCauseInstanceOf(TopicAuthorizationException.class);
      Map<String, Object> reading = cluster.client(Map.of("group.id", "rote-trials"));
      try (KafkaConsumer<String, String> consumer =
          new KafkaConsumer<>(reading, new StringDeserializer(), new StringDeserializer())) {
        consumer.assign(List.of(new TopicPartition(workflow, 0)));
        consumer.seekToBeginning(consumer.assignment());
        assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(20)))
            .isInstanceOf(TopicAuthorizationException.class);
      }
      refused(cluster(broker, KeyHash.newKey(), ca), SaslAuthenticationException.class);
      refused(cluster(broker, password, others), SslAuthenticationException.class);
    }
  }

  private static KafkaCluster cluster(EncryptedBroker broker, String password, Path authority) {
    return KafkaCluster.of(
            broker.outside(), Optional.of(TRAINER), Optional.of(password), "SCRAM-SHA-512")
        .encrypted(
            new KafkaCluster.Tls(Optional.of(authority), Optional.empty(), Optional.empty()));
  }

  private static void write(KafkaCluster cluster, String topic) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            cluster.client(Map.of("max.block.ms", 20_000)),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, "x")).get(20, TimeUnit.SECONDS);
    }
  }

  private static void refused(KafkaCluster cluster, Class<? extends Exception> why) {
    try (Admin admin = Admin.create(cluster.client(Map.of()))) {
      assertThatThrownBy(() -> admin.listTopics().names().get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(why);
    }
  }

  @Test
  void shouldKeepObjectsByHttpsWhenTheStoresAuthorityIsKnown() throws Exception {
    String secret = KeyHash.newKey();
    try (Tls tls =
            Tls.of(
                new TlsFiles(
                    Optional.of(files.certificate()), Optional.of(files.key()), Optional.empty()),
                Duration.ofMinutes(1));
        ObjectStoreServer server =
            ObjectStoreServer.start(
                folder.resolve("objects"),
                "127.0.0.1",
                TestStack.freePort(),
                "rote",
                secret,
                tls.identity());
        ObjectStore known = store(server.endpoint(), secret, ca);
        ObjectStore stranger = store(server.endpoint(), secret, others)) {
      assertThat(server.endpoint()).hasScheme("https");
      assertThat(known.putIfAbsent("a/b", "bytes".getBytes(UTF_8))).isTrue();
      assertThat(known.get("a/b")).isEqualTo("bytes".getBytes(UTF_8));
      assertThatThrownBy(() -> stranger.get("a/b"))
          .isInstanceOf(ObjectStoreException.class)
          .hasFieldOrPropertyWithValue("reason", ObjectStoreException.Reason.REFUSED)
          .hasMessageContaining("unable to find valid certification path");
    }
  }

  private static ObjectStore store(URI endpoint, String secret, Path authority) {
    return S3ObjectStore.connect(
        new ObjectStoreSettings(
            endpoint,
            "rote",
            secret,
            "rote",
            Duration.ofSeconds(2),
            Optional.of(authority),
            ObjectStoreSettings.NO_REGION));
  }
}
