package dev.rote.operator.config;

import dev.rote.access.OwnKey;
import dev.rote.access.grpc.Channels;
import dev.rote.access.grpc.Tls;
import dev.rote.access.grpc.TlsFiles;
import dev.rote.operator.grpc.FeedSettings;
import dev.rote.operator.grpc.NamespaceOwners;
import dev.rote.operator.grpc.SweepFeed;
import dev.rote.operator.grpc.SweepsApi;
import dev.rote.operator.reconcile.SweepReconciler;
import dev.rote.operator.reconcile.TransitionEvents;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.grpc.ManagedChannel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** The objects of this service and how they are wired. */
@ApplicationScoped
class OperatorBeans {

  @Produces
  @Singleton
  ManagedChannel channel(OperatorConfig config) {
    OperatorConfig.Tls tls = config.tls();
    return Channels.open(
        config.sweeps(),
        OwnKey.of(config.token(), config.tokenFile()),
        Tls.of(new TlsFiles(tls.certificate(), tls.key(), tls.ca()), tls.look()));
  }

  void close(@Disposes ManagedChannel channel) {
    channel.shutdownNow();
  }

  @Produces
  @Singleton
  SweepsApi sweeps(OperatorConfig config, ManagedChannel channel) {
    return new SweepsApi(
        channel,
        config.operator().patience(),
        NamespaceOwners.parse(config.operator().owners().orElse(List.of())));
  }

  @Produces
  @Singleton
  SweepFeed feed(OperatorConfig config, SweepsApi sweeps) {
    OperatorConfig.Operator settings = config.operator();
    return new SweepFeed(
        sweeps,
        new FeedSettings(settings.poll(), settings.resync(), settings.progressEvery()),
        System::nanoTime);
  }

  @Produces
  @Singleton
  TransitionEvents events(KubernetesClient client) {
    return new TransitionEvents(client, Clock.systemUTC());
  }

  @Produces
  @Singleton
  SweepReconciler.Settings settings(OperatorConfig config) {
    OperatorConfig.Operator settings = config.operator();
    return new SweepReconciler.Settings(
        settings.outageRetry(), settings.refusalRetry(), config.s3().bucket());
  }
}
