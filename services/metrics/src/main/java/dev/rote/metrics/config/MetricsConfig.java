package dev.rote.metrics.config;

import dev.rote.networks.Engines;
import dev.rote.runtime.worker.WorkerConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** Settings of the metrics service alone; environment variables as {@code ROTE_METRICS_SLOTS}. */
@ConfigMapping(prefix = "rote")
public interface MetricsConfig {
  /** Name of the engine that computes networks. */
  @WithDefault(Engines.DEFAULT)
  String engine();

  /** Settings of measuring. */
  Metrics metrics();

  /** Measurements from the queue at a time, and calls that compute at a time. */
  default int slots() {
    return metrics().slots().orElseGet(() -> Runtime.getRuntime().availableProcessors());
  }

  /** Settings of measuring. */
  interface Metrics extends WorkerConfig {
    /** Measurements from the queue at a time, one thread each. Default: the processors. */
    OptionalInt slots();

    /** How long a search for critical samples may send nothing, or take nothing in. */
    @WithDefault("60s")
    Duration streamPatience();
  }
}
