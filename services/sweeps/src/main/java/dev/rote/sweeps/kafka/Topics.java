package dev.rote.sweeps.kafka;

import dev.rote.workqueue.WorkKind;
import dev.rote.workqueue.WorkTopics;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;

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
   * Makes the topics that are absent.
   *
   * @param replicas of each; 0: the default of the brokers
   * @throws KafkaException if the cluster refuses or is out of reach
   */
  static void ensure(Admin admin, int replicas) throws InterruptedException {
    Optional<Short> factor = replicas == 0 ? Optional.empty() : Optional.of((short) replicas);
    // The log is one partition: its order is the order of decisions.
    List<NewTopic> topics =
        Stream.of(WorkTopics.WORKFLOW, SWEEP_EVENTS, CONFIGS, DEAD_LETTERS)
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
    WorkTopics.ensure(admin, WorkKind.values());
  }
}
