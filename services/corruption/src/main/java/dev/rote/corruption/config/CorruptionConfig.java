package dev.rote.corruption.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Settings of the corruption service; environment variables as {@code ROTE_S3_ENDPOINT}. */
@ConfigMapping(prefix = "rote")
public interface CorruptionConfig {

  /** Bootstrap servers of Kafka. */
  @WithDefault("localhost:9092")
  String kafka();

  /** gRPC target of the sweeps service, which grants work. */
  @WithDefault("localhost:9011")
  String sweeps();

  /** The object store. */
  S3 s3();

  /** Directory of the user's datasets. Default: none. */
  Optional<Path> datasets();

  /** Directory for unpacked and fetched datasets; safe to lose and to share between services. */
  @WithDefault("${java.io.tmpdir}/rote-cache")
  Path cache();

  /** Settings of this service alone. */
  Corruption corruption();

  /** Threads that make a variant. */
  default int threads() {
    return corruption().threads().orElseGet(() -> Runtime.getRuntime().availableProcessors());
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
  interface Corruption {
    /** Whether missing files of known datasets are fetched from their publishers. */
    @WithDefault("true")
    boolean download();

    /** How long a publisher may keep silent. */
    @WithDefault("30s")
    Duration downloadTimeout();

    /** How long the download of a file or archive may take in all. */
    @WithDefault("1h")
    Duration downloadLimit();

    /** Threads that make a variant. Default: the processors. */
    OptionalInt threads();

    /** Variants from the queue at a time. */
    @WithDefault("2")
    int slots();

    /** Calls that make a variant at a time, and as many that check one; others are refused. */
    @WithDefault("16")
    int calls();

    /** Streams of examples at a time; each holds one shard in memory. */
    @WithDefault("16")
    int streams();

    /** How long a client may leave a stream unread before it is ended. */
    @WithDefault("10m")
    Duration streamPatience();

    /** Whether this service takes work from the queue, beside answering calls. */
    @WithDefault("true")
    boolean worker();

    /** How long a stopping service waits for work in flight. */
    @WithDefault("20s")
    Duration grace();
  }
}
