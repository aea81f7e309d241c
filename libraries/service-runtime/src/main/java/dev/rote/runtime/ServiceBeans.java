package dev.rote.runtime;

import dev.rote.access.Doorkeeper;
import dev.rote.access.Keyring;
import dev.rote.access.OwnKey;
import dev.rote.access.StoreSecret;
import dev.rote.access.Tokens;
import dev.rote.access.grpc.Channels;
import dev.rote.access.grpc.Tls;
import dev.rote.access.grpc.TlsFiles;
import dev.rote.access.oidc.IssuerKeys;
import dev.rote.access.oidc.OidcSettings;
import dev.rote.access.oidc.OidcTokens;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreSettings;
import dev.rote.artifacts.S3ObjectStore;
import dev.rote.grpcerrors.ErrorInterceptor;
import dev.rote.workqueue.AuditTopic;
import dev.rote.workqueue.KafkaCluster;
import io.grpc.ManagedChannel;
import io.quarkus.grpc.GlobalInterceptor;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The clients of a service, and what every gRPC call passes: the gate, the mapping of failures. */
@ApplicationScoped
class ServiceBeans {

  /** Asks nothing of the server before its first call, so that a service starts without one. */
  @Produces
  @Singleton
  ObjectStore objectStore(ServiceConfig config) {
    ServiceConfig.S3 s3 = config.s3();
    return S3ObjectStore.connect(
        new ObjectStoreSettings(
            s3.endpoint(),
            s3.accessKey(),
            secret(s3),
            s3.bucket(),
            s3.patience(),
            s3.ca(),
            s3.region()));
  }

  /** Before anything is asked for: a service whose secret everybody knows does not start. */
  void checkSecret(@Observes StartupEvent event, ServiceConfig config) {
    secret(config.s3());
  }

  private static String secret(ServiceConfig.S3 s3) {
    return StoreSecret.checked(s3.secretKey(), String.valueOf(s3.endpoint().getHost()));
  }

  void close(@Disposes ObjectStore store) {
    store.close();
  }

  @Produces
  @Singleton
  KafkaCluster kafka(ServiceConfig config) {
    ServiceConfig.KafkaTls tls = config.kafkaTls();
    KafkaCluster cluster =
        KafkaCluster.of(
            config.kafka(), config.kafkaUser(), config.kafkaPassword(), config.kafkaMechanism());
    return tls.on()
        ? cluster.encrypted(new KafkaCluster.Tls(tls.ca(), tls.certificate(), tls.key()))
        : cluster;
  }

  @Produces
  @Singleton
  Tls tls(ServiceConfig config) {
    ServiceConfig.PortTls tls = config.tls();
    return Tls.of(new TlsFiles(tls.certificate(), tls.key(), tls.ca()), tls.look());
  }

  void close(@Disposes Tls tls) {
    tls.close();
  }

  /** To the corruption service. */
  @Produces
  @Singleton
  ManagedChannel corruption(ServiceConfig config, Tls tls) {
    return Channels.open(config.corruption(), OwnKey.of(config.token(), config.tokenFile()), tls);
  }

  void close(@Disposes ManagedChannel channel) {
    channel.shutdownNow();
  }

  @Produces
  @Singleton
  @GlobalInterceptor
  ErrorInterceptor errors() {
    return new ErrorInterceptor();
  }

  @Produces
  @Singleton
  Doorkeeper doorkeeper(ServiceConfig config) {
    ServiceConfig.Access access = config.access();
    return new Doorkeeper(
        access.keys().map(file -> Keyring.of(file, System::nanoTime)),
        access.oidc().issuer().map(issuer -> tokens(issuer, access.oidc())),
        access.anonymous().orElse(Set.of()));
  }

  private static Tokens tokens(URI issuer, ServiceConfig.Oidc oidc) {
    OidcSettings settings =
        new OidcSettings(
            issuer,
            oidc.audience()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "ROTE_ACCESS_OIDC_AUDIENCE must say whom tokens are for, where"
                                + " ROTE_ACCESS_OIDC_ISSUER is set")),
            oidc.keys(),
            oidc.authority(),
            new OidcSettings.Claims(oidc.name(), oidc.rolesClaim(), oidc.groupsClaim()),
            OidcSettings.roles(oidc.roles().orElse(List.of())),
            OidcSettings.groups(oidc.groups().orElse(List.of())));
    return new OidcTokens(settings, new IssuerKeys(settings));
  }

  @Produces
  @Singleton
  @GlobalInterceptor
  Gate gate(Doorkeeper doorkeeper, ErrorInterceptor errors, AuditTrail trail) {
    return new Gate(doorkeeper, errors, trail);
  }

  @Produces
  @Singleton
  AuditTrail trail(
      ServiceConfig config,
      KafkaCluster kafka,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    return new AuditTrail(
        service,
        config.audit().topic() ? Optional.of(new AuditTopic(kafka)) : Optional.empty(),
        Clock.systemUTC());
  }

  void close(@Disposes AuditTrail trail) {
    trail.close();
  }
}
