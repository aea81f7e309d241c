package dev.rote.trainer.config;

import dev.rote.networks.Engines;
import dev.rote.runtime.worker.WorkerConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** Settings of the trainer service alone; environment variables as {@code ROTE_TRAINER_SLOTS}. */
@ConfigMapping(prefix = "rote")
public interface TrainerConfig {
  /** Name of the engine that computes networks. */
  @WithDefault(Engines.DEFAULT)
  String engine();

  /** Settings of this service alone. */
  Trainer trainer();

  /** Trials at a time, from the queue and by calls together. */
  default int slots() {
    return trainer().slots().orElseGet(() -> Runtime.getRuntime().availableProcessors());
  }

  /** Settings of this service alone. */
  interface Trainer extends WorkerConfig {
    /** Trials at a time. Default: the processors. */
    OptionalInt slots();

    /** Calls that stream at a time, whether they train, watch or export; others are refused. */
    @WithDefault("64")
    int calls();

    /** Where examples come from: {@code object-storage} or {@code grpc}; the same bytes. */
    @WithDefault("object-storage")
    ExampleRoute examples();

    /** Training that a killed trial may lose, about. */
    @WithDefault("60s")
    Duration resumeEvery();

    /** How long a stopping service waits for trials to be checkpointed and given back. */
    @Override
    @WithDefault("25s")
    Duration grace();

    /** How long a call waits for the corruption service to make a variant. */
    @WithDefault("30m")
    Duration variantPatience();

    /** How long a client may leave an export unread before it is ended. */
    @WithDefault("10m")
    Duration streamPatience();
  }

  /** A route of examples. */
  enum ExampleRoute {
    /** Straight from object storage. */
    OBJECT_STORAGE,
    /** By stream from the corruption service. */
    GRPC
  }
}
