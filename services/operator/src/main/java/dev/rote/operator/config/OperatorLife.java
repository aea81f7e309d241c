package dev.rote.operator.config;

import dev.rote.operator.reconcile.SweepReconciler;
import dev.rote.operator.reconcile.TransitionEvents;
import dev.rote.operator.sweeps.SweepFeed;
import dev.rote.operator.sweeps.SweepsApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Starts and stops the operator. Without an API server it ends, to be started again. */
@Singleton
@Readiness
class OperatorLife implements HealthCheck {
  private final Operator operator;

  OperatorLife(
      OperatorConfig config,
      KubernetesClient client,
      SweepsApi sweeps,
      SweepFeed feed,
      TransitionEvents events,
      SweepReconciler.Settings settings) {
    OperatorConfig.Operator own = config.operator();
    operator =
        new Operator(
            overrider ->
                overrider
                    .withKubernetesClient(client)
                    .withConcurrentReconciliationThreads(own.threads())
                    .checkingCRDAndValidateLocalModel(true)
                    .withCloseClientOnStop(false));
    operator.register(
        new SweepReconciler(sweeps, feed, events, settings),
        controller -> own.namespaces().ifPresent(controller::settingNamespaces));
  }

  void start(@Observes StartupEvent event) {
    operator.start();
  }

  void stop(@Observes ShutdownEvent event) {
    operator.stop();
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("operator")
        .status(operator.getRuntimeInfo().isStarted())
        .build();
  }
}
