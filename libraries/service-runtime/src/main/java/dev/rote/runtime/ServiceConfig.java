package dev.rote.runtime;

import dev.rote.access.Role;
import dev.rote.artifacts.ObjectStoreSettings;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings that services share; environment variables as {@code ROTE_S3_ENDPOINT}. */
@ConfigMapping(prefix = "rote")
public interface ServiceConfig {

  /** Bootstrap servers of Kafka. */
  @WithDefault("localhost:9092")
  String kafka();

  /** Name under which this service asks Kafka, by SASL. Default: Kafka asks for no name. */
  Optional<String> kafkaUser();

  /** Password of that name. */
  Optional<String> kafkaPassword();

  /** How name and password are shown: PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512. */
  @WithDefault("PLAIN")
  String kafkaMechanism();

  /** Encryption of what goes to Kafka. */
  KafkaTls kafkaTls();

  /** gRPC target of the sweeps service, which grants work. */
  @WithDefault("localhost:9011")
  String sweeps();

  /** gRPC target of the corruption service, which checks and makes variants. */
  @WithDefault("localhost:9012")
  String corruption();

  /** The key that this service shows to others. */
  Optional<String> token();

  /** File that holds that key and nothing else, read again when it is exchanged. */
  Optional<Path> tokenFile();

  /** Who may call. */
  Access access();

  /** Where it is told who did what. */
  Audit audit();

  /** Encryption of this service's ports, and of its calls to others. */
  PortTls tls();

  /** The object store. */
  S3 s3();

  /** Scratch directory; safe to lose and to share between services. */
  @WithDefault("${java.io.tmpdir}/rote-cache")
  Path cache();

  /** Bytes of local copies of variants above which those not used for longest are removed. */
  @WithDefault("10G")
  MemorySize cacheSize();

  /** Encryption of what goes to Kafka; files are of PEM, and read when a client is made. */
  interface KafkaTls {
    /** Whether connections are encrypted. */
    @WithDefault("false")
    boolean on();

    /** Authorities that the brokers' certificates are of. Default: those of the JVM. */
    Optional<Path> ca();

    /** Certificate chain that this service shows. Default: none. */
    Optional<Path> certificate();

    /** Private key of that certificate, PKCS#8. */
    Optional<Path> key();
  }

  /** Encryption of gRPC and HTTP; files are of PEM, and read again when they change. */
  interface PortTls {
    /**
     * Certificate chain of this service. With it all of its ports are encrypted, and take no plain
     * text. It must name {@code localhost} beside the names that others call, since parts of a
     * service call it, too. Default: ports are plain.
     */
    Optional<Path> certificate();

    /** Private key of that certificate, PKCS#8. */
    Optional<Path> key();

    /**
     * Authorities that certificates of others are of: of services whose address begins with {@code
     * https://}, and of callers. Default: those of the JVM.
     */
    Optional<Path> ca();

    /** Whether callers of gRPC must show a certificate, beside their key. */
    @WithDefault("false")
    boolean clients();

    /** Time between looks at the files. */
    @WithDefault("10s")
    Duration look();
  }

  /** Who may call. */
  interface Access {
    /**
     * File of the keys that are let in, a line each: SHA-256, name, roles, group. It is read again
     * when it changes.
     */
    Optional<Path> keys();

    /** Roles of whoever calls without a key, with commas. Default: none, each call shows a key. */
    Optional<Set<Role>> anonymous();

    /** Whose bearer tokens are let in beside keys. */
    Oidc oidc();
  }

  /** An issuer of tokens, OpenID Connect. */
  interface Oidc {
    /** The issuer, {@code https://}, as tokens name it. Default: no token is let in. */
    Optional<URI> issuer();

    /** Whom tokens must be for; needed with an issuer. */
    Optional<String> audience();

    /** Where the issuer's keys are. Default: where its configuration says. */
    Optional<URI> keys();

    /** File of certificates by which the issuer's is checked, PEM. Default: the JVM's. */
    Optional<Path> authority();

    /** Claim that has the caller's name. */
    @WithDefault("sub")
    String name();

    /** Claim that has the caller's roles; dots lead into objects. */
    @WithDefault("roles")
    String rolesClaim();

    /** {@code VALUE=ROLE} with commas. Default: values are the words of roles. */
    Optional<List<String>> roles();

    /** Claim that has the caller's groups; the first that is known counts. */
    @WithDefault("groups")
    String groupsClaim();

    /** {@code VALUE=GROUP} with commas. Default: values are names of groups. */
    Optional<List<String>> groups();
  }

  /** Where it is told who did what, beside the service's log. */
  interface Audit {
    /** Whether the topic {@code rote.audit} has it, too. */
    @WithDefault("false")
    boolean topic();
  }

  /** Where objects are. */
  interface S3 {
    /** The S3 API. */
    @WithDefault("http://localhost:9000")
    URI endpoint();

    /** PEM file of the authorities that its certificate is of. Default: those of the JVM. */
    Optional<Path> ca();

    /** Access key. */
    @WithDefault("rote")
    String accessKey();

    /**
     * Secret key. There is no default, and one that is in print opens stores of the loopback
     * interface alone.
     */
    Optional<String> secretKey();

    /** Bucket, made when it is not there. */
    @WithDefault("rote")
    String bucket();

    /** Region of the store, for those that have regions. */
    @WithDefault(ObjectStoreSettings.NO_REGION)
    String region();

    /** How long a call goes on trying while the store is out of reach. */
    @WithDefault("30s")
    Duration patience();
  }
}
