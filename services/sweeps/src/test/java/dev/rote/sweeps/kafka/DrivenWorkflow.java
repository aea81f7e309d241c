package dev.rote.sweeps.kafka;

import dev.rote.sweeps.workflow.Decider;
import dev.rote.workqueue.WorkTopics;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;

/** The workflow's topology without a broker. */
final class DrivenWorkflow {
  private DrivenWorkflow() {}

  /**
   * Starts one.
   *
   * @param directory where its state lies
   */
  static TopologyTestDriver start(Path directory, Decider decider, Answers answers, Proofs proofs) {
    return start(directory, WorkflowTopology.of(decider, answers, proofs, new Moments()));
  }

  /** The same with a topology of one's own. */
  static TopologyTestDriver start(Path directory, Topology topology) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SmallRocksDb.class);
    return new TopologyTestDriver(topology, properties);
  }

  /** The log that it reads. */
  static TestInputTopic<byte[], byte[]> log(TopologyTestDriver driver) {
    return driver.createInputTopic(
        WorkTopics.WORKFLOW, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
