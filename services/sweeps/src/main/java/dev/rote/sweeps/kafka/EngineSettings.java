package dev.rote.sweeps.kafka;

import dev.rote.sweeps.workflow.WorkflowSettings;
import dev.rote.workqueue.KafkaCluster;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the workflow on Kafka Streams needs to know.
 *
 * @param kafka where the log is
 * @param directory of the state stores; safe to lose
 * @param replicas of topics that are made; 0: the default of the brokers
 * @param groupProtocol of the Kafka Streams group: {@code streams} or {@code classic}
 * @param workflow constants of the decisions
 * @param tick time between ticks of the lease clock
 * @param answer how long a call waits for the decision on its event
 * @param proofs which records of the log count
 */
public record EngineSettings(
    KafkaCluster kafka,
    Path directory,
    int replicas,
    String groupProtocol,
    WorkflowSettings workflow,
    Duration tick,
    Duration answer,
    Proofs proofs) {

  public EngineSettings {
    if (replicas < 0) {
      throw new IllegalArgumentException("replicas must be at least 0, was " + replicas);
    }
  }
}
