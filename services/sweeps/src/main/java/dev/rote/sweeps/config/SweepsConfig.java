package dev.rote.sweeps.config;

import dev.rote.runtime.worker.WorkerConfig;
import dev.rote.spec.SweepSize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Settings of the sweeps service alone; environment variables as {@code ROTE_WORKFLOW_LEASE}. */
@ConfigMapping(prefix = "rote")
public interface SweepsConfig {

  /** Settings of the workflow. */
  Workflow workflow();

  /** Settings of the doors. */
  Admission admission();

  /** How much an owner may have under way. */
  Quota quota();

  /** Settings of the report worker. */
  Reports reports();

  /** Settings of the live page. */
  Page page();

  /** Settings of the workflow. One replica of this service is active at a time. */
  interface Workflow {
    /**
     * Directory of the state stores. Safe to lose: it is restored from Kafka. Default: {@code
     * sweeps-state} in the scratch directory.
     */
    Optional<Path> stateDirectory();

    /** Replicas of topics that this service makes; 0: the default of the brokers. */
    @WithDefault("0")
    int replicas();

    /** Protocol of the Kafka Streams group: streams or classic. */
    @WithDefault("streams")
    String groupProtocol();

    /** Time within which a worker must renew its lease. */
    @WithDefault("30s")
    Duration lease();

    /** Time after which work that nobody claims is offered again; doubled each time. */
    @WithDefault("3m")
    Duration reoffer();

    /** Time before a failed attempt is repeated; doubled each time. */
    @WithDefault("2s")
    Duration backoff();

    /**
     * Time after which a sweep ends that only workers of other semantic versions ask for work of.
     */
    @WithDefault("10m")
    Duration unfitPatience();

    /**
     * Time after which a lease is renewed no more whose worker has told of no progress: of no
     * further epoch, or thousandth of a measurement.
     */
    @WithDefault("12h")
    Duration stall();

    /**
     * Secret of this service alone, the same in all of its replicas: of it are made those of
     * leases, by which workers prove their reports. Default: records of the log are believed as
     * they come.
     */
    Optional<String> secret();

    /** File that holds the secret and nothing else; read at the start. */
    Optional<Path> secretFile();

    /**
     * Whether reports without a proof count, too: while workers of an earlier release are about.
     */
    @WithDefault("false")
    boolean unproven();

    /** Time between ticks of the lease clock. */
    @WithDefault("1s")
    Duration tick();

    /** Most that one tick advances the lease clock: downtime beyond it expires no lease. */
    @WithDefault("3s")
    Duration longestTick();

    /** How long a call waits for the decision on its event. */
    @WithDefault("15s")
    Duration answer();

    /** How often a watched sweep is looked at. */
    @WithDefault("250ms")
    Duration watch();
  }

  /** Settings of the doors. */
  interface Admission {
    /** Most cells of a grid. */
    @WithDefault("" + SweepSize.MOST_TRIALS)
    long maxTrials();

    /** Variants that are checked at the door; the others show when they are made. */
    @WithDefault("16")
    int variantsChecked();

    /** How long the corruption service may take to check one variant. */
    @WithDefault("60s")
    Duration checkPatience();

    /**
     * How long a config event waits for something that the corruption service itself waits for,
     * such as the publisher of a dataset, before it is refused to let others through.
     */
    @WithDefault("10m")
    Duration eventPatience();

    /**
     * Name of the owner of sweeps that come as config events: of a record that nobody signed, for
     * whoever may write the topic can write it.
     */
    @WithDefault("events")
    String eventOwner();

    /**
     * File of those who sign config events, a line each: name, key, group. The sweep of an event
     * that one of them signed is theirs. Default: nobody signs.
     */
    Optional<Path> eventSigners();
  }

  /** How much an owner may have under way; none of it is bounded by default. */
  interface Quota {
    /** Most sweeps of an owner that have not ended. */
    OptionalLong sweeps();

    /** Most trials of these that have not ended. */
    OptionalLong trials();

    /** Most bytes that these sweeps may leave in object storage. */
    OptionalLong bytes();

    /** Most config events of an owner in a minute. */
    OptionalInt eventsPerMinute();
  }

  /** Settings of the report worker. */
  interface Reports extends WorkerConfig {
    /** Reports written at a time. */
    @WithDefault("1")
    int slots();

    /** How long a stopping service waits for work in flight. */
    @Override
    @WithDefault("10s")
    Duration grace();
  }

  /** Settings of the live page. */
  interface Page {
    /**
     * Names of hosts that the page may be asked for by, beside {@code localhost}: those of a proxy
     * in front of it. It answers to no other, so that no stranger's name leads a browser here.
     */
    Optional<List<String>> hosts();
  }
}
