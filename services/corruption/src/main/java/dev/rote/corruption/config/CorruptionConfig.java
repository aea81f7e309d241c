package dev.rote.corruption.config;

import dev.rote.runtime.worker.WorkerConfig;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Settings of the corruption service alone; environment variables as {@code ROTE_CORRUPTION_SLOTS}.
 */
@ConfigMapping(prefix = "rote")
public interface CorruptionConfig {

  /** Directory of the user's datasets. Default: none. */
  Optional<Path> datasets();

  /** Settings of this service alone. */
  Corruption corruption();

  /** Threads that make a variant. */
  default int threads() {
    return corruption().threads().orElseGet(() -> Runtime.getRuntime().availableProcessors());
  }

  /** Settings of this service alone. */
  interface Corruption extends WorkerConfig {
    /** Whether missing files of known datasets are fetched from their publishers. */
    @WithDefault("true")
    boolean download();

    /**
     * Whether {@code https://} paths of a user's own may lead to hosts of this service's own
     * network and machine, too, and not to those of the internet alone.
     */
    @WithDefault("false")
    boolean privateHosts();

    /** How long a publisher may keep silent. */
    @WithDefault("30s")
    Duration downloadTimeout();

    /** How long the download of a file or archive may take in all. */
    @WithDefault("1h")
    Duration downloadLimit();

    /** Bytes that a user's own file may have that is fetched. */
    @WithDefault("100G")
    MemorySize largestFile();

    /** Where {@code s3://} paths of a user's own lead. */
    S3 s3();

    /** Threads that make a variant. Default: the processors. */
    OptionalInt threads();

    /** Variants from the queue at a time. */
    @WithDefault("2")
    int slots();

    /** Calls that make a variant at a time, and as many that check one; others are refused. */
    @WithDefault("16")
    int calls();

    /** Checks that have a file fetched at a time; others are refused. */
    @WithDefault("4")
    int fetches();

    /** Streams of examples at a time; each holds one shard in memory. */
    @WithDefault("16")
    int streams();

    /** How long a client may leave a stream unread before it is ended. */
    @WithDefault("10m")
    Duration streamPatience();
  }

  /** Object storage that users' own files are read from. */
  interface S3 {
    /** The S3 API. Default: the one that holds all objects of Rote. */
    Optional<URI> endpoint();

    /** Access key. Default: that of Rote's own storage. */
    Optional<String> accessKey();

    /** Secret key. Default: that of Rote's own storage. */
    Optional<String> secretKey();

    /** Region. Default: that of Rote's own storage. */
    Optional<String> region();
  }
}
