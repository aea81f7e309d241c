package dev.rote.sweeps.kafka;

import dev.rote.sweeps.workflow.Decider;
import dev.rote.workqueue.WorkKind;
import dev.rote.workqueue.WorkTopics;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * From the log through one processor to the topics of work, of sweep events and back to the log.
 */
final class WorkflowTopology {
  static final String STORE = "workflow";
  static final String LOG_SINK = "log-again";

  private static final String SOURCE = "log";
  private static final String PROCESSOR = "decide";

  private WorkflowTopology() {}

  static Topology of(Decider decider, Answers answers, Proofs proofs, Moments moments) {
    StoreBuilder<KeyValueStore<String, byte[]>> store =
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
            .withLoggingEnabled(Map.of())
            // A sweep's header changes with every event: one write per commit is enough.
            .withCachingEnabled();
    Topology topology =
        new Topology()
            .addSource(
                SOURCE,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                WorkTopics.WORKFLOW)
            .addProcessor(
                PROCESSOR, () -> new WorkflowProcessor(decider, answers, proofs, moments), SOURCE)
            .addStateStore(store, PROCESSOR);
    for (WorkKind kind : WorkKind.values()) {
      sink(topology, kind.topic(), kind.topic());
    }
    sink(topology, Topics.SWEEP_EVENTS, Topics.SWEEP_EVENTS);
    sink(topology, LOG_SINK, WorkTopics.WORKFLOW);
    return topology;
  }

  private static void sink(Topology topology, String name, String topic) {
    topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), PROCESSOR);
  }
}
