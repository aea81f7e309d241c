package dev.rote.sweeps.kafka;

import dev.rote.workqueue.AuditTopic;
import dev.rote.workqueue.WorkKind;
import dev.rote.workqueue.WorkTopics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.record.TimestampType;

/** The topics of the sweeps service. */
final class Topics {
  /** What becomes of sweeps: {@link SweepCloudEvent}. */
  static final String SWEEP_EVENTS = "rote.sweep-events";

  /** Sweeps to start, as JSON or YAML, bare or in a CloudEvent. */
  static final String CONFIGS = "rote.configs";

  /** Refused configs with the reason in their headers. */
  static final String DEAD_LETTERS = "rote.configs.dead-letter";

  private Topics() {}

  /**
   * Makes the topics that are absent, and has the broker stamp the log: the clocks of those who
   * write events do not agree.
   *
   * @param replicas of each; 0: the default of the brokers
   * @throws KafkaException if the cluster refuses or is out of reach
   */
  static void ensure(Admin admin, int replicas) throws InterruptedException {
    Optional<Short> factor = replicas == 0 ? Optional.empty() : Optional.of((short) replicas);
    // The log is one partition: its order is the order of decisions.
    List<NewTopic> topics =
        Stream.of(WorkTopics.WORKFLOW, SWEEP_EVENTS, CONFIGS, DEAD_LETTERS, AuditTopic.NAME)
            .map(name -> new NewTopic(name, Optional.of(1), factor))
            .toList();
    for (var created : admin.createTopics(topics).values().values()) {
      try {
        created.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw new KafkaException("the topics of the sweeps service could not be made", e);
        }
      }
    }
    stampByTheBroker(admin, WorkTopics.WORKFLOW);
    WorkTopics.ensure(admin, WorkKind.values());
  }

  /* Also a log of before; what is in it keeps the stamps of its writers. */
  private static void stampByTheBroker(Admin admin, String topic) throws InterruptedException {
    ConfigEntry stamp =
        new ConfigEntry(
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.toString());
    try {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, topic),
                  List.of(new AlterConfigOp(stamp, AlterConfigOp.OpType.SET))))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new KafkaException("the broker cannot be had to stamp " + topic, e);
    }
  }
}
