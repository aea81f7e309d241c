package dev.rote.runtime.worker;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the worker in a service, a group of that service's own settings. */
public interface WorkerConfig {
  /** Whether this service takes work from the queue, beside answering calls. */
  @WithDefault("true")
  boolean worker();

  /** How long a stopping service waits for work in flight to be given back. */
  @WithDefault("20s")
  Duration grace();
}
