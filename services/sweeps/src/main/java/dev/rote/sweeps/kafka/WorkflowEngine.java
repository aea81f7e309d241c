package dev.rote.sweeps.kafka;

import dev.rote.grpcerrors.ApiException;
import dev.rote.sweeps.workflow.Decider;
import dev.rote.sweeps.workflow.Plans;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.workqueue.Contact;
import dev.rote.workqueue.EventPublisher;
import dev.rote.workqueue.Outage;
import dev.rote.workqueue.Pulses;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process manager on Kafka Streams, exactly once. It starts by itself as soon as Kafka is
 * there, outlives its outages, and can lose its state directory: all of it is in Kafka.
 *
 * <p>The log has one partition, so one replica of this service decides at a time. Others stand by;
 * calls that reach them are answered UNAVAILABLE.
 */
public final class WorkflowEngine implements AutoCloseable {
  /** Id of the Streams application: names its group, its changelog and its transactions. */
  static final String APPLICATION = "rote-sweeps";

  private static final Logger log = LoggerFactory.getLogger(WorkflowEngine.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);
  private static final long RETRY_SECONDS = 1;

  /**
   * Outages of the broker are waited out. A producer that gives up earlier, after a minute if not
   * told otherwise, has Streams take its state for corrupted and build it anew beside it, and an
   * answer that then comes late to what it had sent marks the new one as complete while it is not:
   * decisions of half an hour were forgotten.
   */
  private static final Duration LONGEST_OUTAGE = Duration.ofHours(1);

  /** Beyond the time that one decision may take: a restart of the broker is no trouble. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(45);

  private final EngineSettings settings;
  private final Topology topology;
  private final WorkflowLog workflowLog;
  private final LeaseClock clock;
  private final Restoring restoring = new Restoring();
  private final Moments moments = new Moments();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Outage outage = new Outage(log, "the workflow cannot start");
  private final Thread starter = new Thread(this::startWhenKafkaIsThere, "rote-workflow-start");
  private @Nullable KafkaStreams streams;

  /** An engine whose health nobody asks for. */
  public WorkflowEngine(EngineSettings settings, Plans plans) {
    this(settings, plans, new Pulses());
  }

  /**
   * @param pulses told that the lease clock ticks and that its ticks are decided
   */
  public WorkflowEngine(EngineSettings settings, Plans plans, Pulses pulses) {
    this.settings = settings;
    Answers answers = new Answers();
    topology =
        WorkflowTopology.of(
            new Decider(plans, settings.workflow()), answers, settings.proofs(), moments);
    workflowLog =
        new WorkflowLog(
            new EventPublisher(settings.kafka(), Clock.systemUTC(), settings.proofs().log()),
            answers,
            settings.answer());
    clock =
        new LeaseClock(
            () -> running() && view().outstanding(),
            workflowLog::decided,
            this::holdUp,
            settings.tick(),
            Duration.ofMillis(settings.workflow().maxTickMillis()),
            pulses.part("lease clock and workflow", settings.answer().plus(LONGEST_SILENCE)));
  }

  private static StreamThreadExceptionResponse goOn(Throwable failure) {
    log.error("the workflow's thread failed and is replaced", failure);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private static Properties properties(EngineSettings settings) {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            APPLICATION,
            StreamsConfig.STATE_DIR_CONFIG,
            settings.directory().toString(),
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.EXACTLY_ONCE_V2,
            StreamsConfig.GROUP_PROTOCOL_CONFIG,
            settings.groupProtocol(),
            StreamsConfig.REPLICATION_FACTOR_CONFIG,
            settings.replicas() == 0 ? -1 : settings.replicas(),
            StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
            8L << 20,
            StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG,
            SmallRocksDb.class,
            StreamsConfig.TASK_TIMEOUT_MS_CONFIG,
            LONGEST_OUTAGE.toMillis()));
    properties.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, AnyTimestamp.class);
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 500);
    properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), 8 << 20);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 16L << 20);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
    for (String patience :
        List.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG)) {
      properties.put(
          StreamsConfig.producerPrefix(patience), Math.toIntExact(LONGEST_OUTAGE.toMillis()));
    }
    properties.put(StreamsConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    properties.put(Contact.SETTING, Contact.WINDOW_MILLIS);
    properties.putAll(settings.kafka().client(Map.of()));
    return properties;
  }

  /** Starts, or goes on trying to in the background while Kafka is out of reach. */
  public void start() {
    starter.start();
  }

  private void startWhenKafkaIsThere() {
    Map<String, Object> admins =
        settings.kafka().client(Map.of(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000));
    try {
      do {
        try (Admin admin = Admin.create(admins)) {
          Topics.ensure(admin, settings.replicas());
          begin();
          outage.over();
          return;
        } catch (KafkaException e) {
          outage.seen(e);
        }
      } while (!closing.await(RETRY_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /* Streams connects when it is made, which fails while the broker's name is not known. */
  private synchronized void begin() {
    if (closing.getCount() > 0) {
      KafkaStreams begun = new KafkaStreams(topology, properties(settings));
      begun.setUncaughtExceptionHandler(WorkflowEngine::goOn);
      begun.setGlobalStateRestoreListener(restoring);
      begun.setStateListener((now, before) -> log.info("workflow is {} (was {})", now, before));
      streams = begun;
      begun.start();
      clock.start();
    }
  }

  private synchronized @Nullable KafkaStreams streams() {
    return streams;
  }

  private KafkaStreams.State streamsState() {
    KafkaStreams begun = streams();
    return begun == null ? KafkaStreams.State.CREATED : begun.state();
  }

  private Optional<String> holdUp() {
    KafkaStreams begun = streams();
    return begun == null
        ? Optional.empty()
        : Contact.lost(settings.kafka().servers(), begun.metrics().values());
  }

  /** Whether decisions are made now. */
  public boolean running() {
    return streamsState() == KafkaStreams.State.RUNNING;
  }

  /** Where the workflow stands, for people. */
  public String state() {
    return streamsState().name();
  }

  /**
   * Writes events and waits for decisions.
   *
   * @throws ApiException UNAVAILABLE while no decisions are made
   */
  public WorkflowLog log() {
    if (!running()) {
      throw starting();
    }
    return workflowLog;
  }

  private ApiException starting() {
    return ApiException.unavailable("the workflow is starting: " + state(), null);
  }

  /**
   * The state as it is decided so far.
   *
   * @throws ApiException UNAVAILABLE while the state is not here
   */
  public WorkflowView view() {
    KafkaStreams begun = streams();
    if (begun == null) {
      throw starting();
    }
    if (restoring.isUnderWay()) {
      throw QueriedState.loading(null);
    }
    try {
      return new WorkflowView(
          new QueriedState(
              new StoreState(
                  begun.store(
                      StoreQueryParameters.fromNameAndType(
                          WorkflowTopology.STORE, QueryableStoreTypes.keyValueStore()))),
              moments));
    } catch (InvalidStateStoreException e) {
      throw QueriedState.loading(e);
    } catch (IllegalStateException e) {
      throw ApiException.unavailable("the workflow is stopping: " + state(), e);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    clock.close();
    starter.interrupt();
    KafkaStreams begun = streams();
    if (begun != null && !begun.close(CLOSE_PATIENCE)) {
      log.warn("the workflow did not stop within {} s", CLOSE_PATIENCE.toSeconds());
    }
    workflowLog.close();
  }
}
