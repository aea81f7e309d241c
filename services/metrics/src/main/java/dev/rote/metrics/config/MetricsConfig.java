package dev.rote.metrics.config;

import dev.rote.networks.Engines;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/** Settings of the metrics service; environment variables as {@code ROTE_S3_ENDPOINT}. */
@ConfigMapping(prefix = "rote")
public interface MetricsConfig {

  /** Bootstrap servers of Kafka. */
  @WithDefault("localhost:9092")
  String kafka();

  /** gRPC target of the sweeps service, which grants work. */
  @WithDefault("localhost:9011")
  String sweeps();

  /** The object store. */
  S3 s3();

  /** Directory for local copies of variants; safe to lose and to share between services. */
  @WithDefault("${java.io.tmpdir}/rote-cache")
  Path cache();

  /** Bytes of local copies above which those not used for longest are removed. */
  @WithDefault("10G")
  MemorySize cacheSize();

  /** Name of the engine that computes networks. */
  @WithDefault(Engines.DEFAULT)
  String engine();

  /** Settings of measuring. */
  Metrics metrics();

  /** Measurements from the queue at a time, and calls that compute at a time. */
  default int slots() {
    return metrics().slots().orElseGet(() -> Runtime.getRuntime().availableProcessors());
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

  /** Settings of measuring. */
  interface Metrics {
    /** Measurements from the queue at a time, one thread each. Default: the processors. */
    OptionalInt slots();

    /** Whether this service takes work from the queue, beside answering calls. */
    @WithDefault("true")
    boolean worker();

    /** How long a stopping service waits for measurements in flight to be given back. */
    @WithDefault("20s")
    Duration grace();
  }
}
