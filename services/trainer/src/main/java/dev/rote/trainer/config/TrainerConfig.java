package dev.rote.trainer.config;

import dev.rote.networks.Engines;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/** Settings of the trainer service; environment variables as {@code ROTE_S3_ENDPOINT}. */
@ConfigMapping(prefix = "rote")
public interface TrainerConfig {

  /** Bootstrap servers of Kafka. */
  @WithDefault("localhost:9092")
  String kafka();

  /** gRPC target of the sweeps service, which grants work. */
  @WithDefault("localhost:9011")
  String sweeps();

  /** gRPC target of the corruption service, which makes variants. */
  @WithDefault("localhost:9012")
  String corruption();

  /** The object store. */
  S3 s3();

  /**
   * Directory for local copies of variants and checkpoints on their way; safe to lose and to share
   * between services.
   */
  @WithDefault("${java.io.tmpdir}/rote-cache")
  Path cache();

  /** Bytes of local copies above which those not used for longest are removed. */
  @WithDefault("10G")
  MemorySize cacheSize();

  /** Name of the engine that computes networks. */
  @WithDefault(Engines.DEFAULT)
  String engine();

  /** Settings of this service alone. */
  Trainer trainer();

  /** Trials at a time, from the queue and by calls together. */
  default int slots() {
    return trainer().slots().orElseGet(() -> Runtime.getRuntime().availableProcessors());
  }

  /** Where objects are. */
  interface S3 {
    /** The S3 API. */
    @WithDefault("http://localhost:9000")
    URI endpoint();

    /** Access key. */
    @WithDefault("rote")
    String accessKey();

    /** Secret key. */
    @WithDefault("rote-secret")
    String secretKey();

    /** Bucket, made when it is not there. */
    @WithDefault("rote")
    String bucket();

    /** How long a call goes on trying while the store is out of reach. */
    @WithDefault("30s")
    Duration patience();
  }

  /** Settings of this service alone. */
  interface Trainer {
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

    /** Whether this service takes work from the queue, beside answering calls. */
    @WithDefault("true")
    boolean worker();

    /** How long a stopping service waits for trials to be checkpointed and given back. */
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
