package dev.rote.operator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings of the operator; environment variables as {@code ROTE_OPERATOR_POLL}. */
@ConfigMapping(prefix = "rote")
public interface OperatorConfig {

  /** gRPC target of the sweeps service. */
  @WithDefault("localhost:9011")
  String sweeps();

  /** Certificates of an encrypted way to the sweeps service ({@code https://HOST:PORT}). */
  Tls tls();

  /** The key that the operator shows to the sweeps service. */
  Optional<String> token();

  /** File that holds that key and nothing else, read again when it is exchanged. */
  Optional<Path> tokenFile();

  /** The object store. */
  S3 s3();

  /** Settings of this service alone. */
  Operator operator();

  /** Where objects are. */
  interface S3 {
    /** The bucket, which {@code reportUri} begins with. */
    @WithDefault("rote")
    String bucket();
  }

  /** Settings of this service alone. */
  interface Operator {
    /** Namespaces whose sweeps are looked after, separated by commas. Default: all. */
    Optional<Set<String>> namespaces();

    /**
     * Whose the sweeps of namespaces are: {@code NAMESPACE=OWNER} with commas. Default: a namespace
     * owns its sweeps, under its own name.
     */
    Optional<List<String>> owners();

    /** Resources that are reconciled at a time. */
    @WithDefault("16")
    int threads();

    /** How often the sweeps service is asked for the sweeps that run. */
    @WithDefault("2s")
    Duration poll();

    /** How often it is asked for all sweeps, those that ended included. */
    @WithDefault("1m")
    Duration resync();

    /**
     * Progress alone is written to a resource at most this often; a new phase is written at once.
     */
    @WithDefault("10s")
    Duration progressEvery();

    /** How long a call to the sweeps service may take. */
    @WithDefault("90s")
    Duration patience();

    /** Time before a call is tried again that the sweeps service did not answer. */
    @WithDefault("15s")
    Duration outageRetry();

    /** Time before a sweep is handed in again that was refused for something that may change. */
    @WithDefault("5m")
    Duration refusalRetry();
  }

  /** Files of PEM, read again when they change. */
  interface Tls {
    /** Certificate chain that the operator shows. Default: none. */
    Optional<Path> certificate();

    /** Private key of that certificate, PKCS#8. */
    Optional<Path> key();

    /** Authorities that the sweeps service's certificate is of. Default: those of the JVM. */
    Optional<Path> ca();

    /** Time between looks at the files. */
    @WithDefault("10s")
    Duration look();
  }
}
