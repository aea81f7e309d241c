package dev.rote.workqueue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Names of topics that workers and the sweeps service share, and what the work queue needs set up.
 */
public final class WorkTopics {

  /** The log of the process manager: {@code WorkflowEvent} records. */
  public static final String WORKFLOW = "rote.workflow";

  /*
   * One partition per kind of work. A share group hands one partition to all of its members, but spreads several
   * partitions over them: offers in a partition of busy workers would then wait although other workers are free.
   */
  private static final int PARTITIONS = 1;

  /* Offers of a paused sweep wait this long; the broker's default is a week. */
  private static final Duration RETENTION = Duration.ofDays(90);

  private WorkTopics() {}

  /**
   * Creates the topics of these kinds of work where they are absent, and has their groups start
   * with the oldest offer and see committed offers only. Repeating it changes nothing.
   *
   * @throws KafkaException if the cluster refuses or is out of reach
   */
  public static void ensure(Admin admin, WorkKind... kinds) throws InterruptedException {
    List<NewTopic> topics =
        Arrays.stream(kinds)
            .map(
                kind ->
                    new NewTopic(kind.topic(), Optional.of(PARTITIONS), Optional.empty())
                        .configs(Map.of("retention.ms", Long.toString(RETENTION.toMillis()))))
            .toList();
    for (var created : admin.createTopics(topics).values().values()) {
      try {
        created.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw kafkaException(e);
        }
      }
    }
    Map<ConfigResource, Collection<AlterConfigOp>> configs =
        Arrays.stream(kinds)
            .map(kind -> new ConfigResource(ConfigResource.Type.GROUP, kind.group()))
            .collect(Collectors.toMap(Function.identity(), group -> groupConfig()));
    try {
      admin.incrementalAlterConfigs(configs).all().get();
    } catch (ExecutionException e) {
      throw kafkaException(e);
    }
  }

  private static Collection<AlterConfigOp> groupConfig() {
    return List.of(
        new AlterConfigOp(
            new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET),
        new AlterConfigOp(
            new ConfigEntry("share.isolation.level", "read_committed"), AlterConfigOp.OpType.SET));
  }

  private static KafkaException kafkaException(ExecutionException e) {
    return e.getCause() instanceof KafkaException cause
        ? cause
        : new KafkaException("the topics of the work queue could not be set up", e.getCause());
  }
}
